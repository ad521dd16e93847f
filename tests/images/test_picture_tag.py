import pytest
from django.template import Context, Template

from images.pictures import files_of
from stakeholders.models import Stakeholder

TOKEN = "0123456789abcdef0123456789abcdef"


def drawn(photo, rest='sizes="50vw" alt="A stall" class="wide"'):
    listing = Stakeholder(photo=photo)
    template = Template(f"{{% load pictures %}}{{% picture listing.photo {rest} %}}")
    return template.render(Context({"listing": listing}))


def test_the_browser_has_the_choice():
    at = f"/media/photos/{TOKEN}"

    assert drawn(f"photos/{TOKEN}-480-960x640.webp") == (
        "<picture>"
        f'<source type="image/avif" srcset="{at}-480.avif 480w, {at}-960.avif 960w" sizes="50vw">'
        '<img alt="A stall" class="wide" decoding="async" height="640" loading="lazy" sizes="50vw"'
        f' src="{at}-480-960x640.webp"'
        f' srcset="{at}-480.webp 480w, {at}-480-960x640.webp 960w" width="960">'
        "</picture>"
    )


def test_another_file_is_shown_as_it_is():
    assert drawn("photos/batik-laras.webp", 'sizes="50vw"') == (
        '<picture><img alt="" decoding="async" loading="lazy"'
        ' src="/media/photos/batik-laras.webp"></picture>'
    )


def test_words_of_people_are_escaped():
    template = Template("{% load pictures %}{% picture listing.photo sizes='9rem' alt=name %}")
    context = Context({"listing": Stakeholder(photo="a.webp"), "name": '"><script>'})

    assert 'alt="&quot;&gt;&lt;script&gt;"' in template.render(context)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "batik.webp",
        "batik-480-960x640.webp",
        f"{TOKEN}.webp",
        f"{TOKEN}-480.webp",
        f"{TOKEN}-480-960x640.webp\n",
        f"{TOKEN}-480-960x640.jpg",
        f"{TOKEN}-480-960x640_Ab3dE.webp",
    ],
)
def test_other_names_tell_nothing(name):
    assert files_of(name) == {}
