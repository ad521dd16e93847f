"""Steps that were typed line by line are a list, to the eye and to a screen reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaborations.templatetags.practices import numbered_steps
from tests import factories

STEPS = ["Petakan bengkel", "Cari bangunan", "Ukur airnya"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Petakan bengkel\n2. Cari bangunan\n3. Ukur airnya",
        "1) Petakan bengkel\r\n2) Cari bangunan\r\n3) Ukur airnya\r\n",
        "\n  1.  Petakan bengkel  \n\n 2.\tCari bangunan\n\n3. Ukur airnya\n\n",
    ],
)
def test_numbered_lines_are_steps(text):
    assert numbered_steps(text) == STEPS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mulai dari tiga sanggar yang bersedia.",
        "1. Hanya satu",
        "1. Satu\nlalu dua",
        "Begini caranya:\n1. Satu\n2. Dua",
        "2. Dua\n3. Tiga",
        "1. Satu\n3. Tiga",
        "2. Dua\n1. Satu",
        "1. Satu\n1. Satu",
        "- Satu\n- Dua",
        "1.5 juta rupiah\n2.5 juta rupiah",
        "1.\n2.",
        "2019. Mulai\n2020. Selesai",
        "١. Satu\n٢. Dua",
    ],
)
def test_other_texts_stay_as_they_are(text):
    assert numbered_steps(text) == []


@given(st.lists(st.text("abc .)1\u00a0", min_size=1).filter(str.strip), min_size=2, max_size=20))
def test_no_word_is_lost(lines):
    text = "\n".join(f"{place}. {line}" for place, line in enumerate(lines, start=1))

    assert numbered_steps(text) in ([], [line.strip() for line in lines])


@pytest.mark.django_db
def test_the_page_of_a_practice_shows_a_list(client):
    factories.GoodPracticeFactory(
        slug="uji",
        published=True,
        approach="Satu <b>paragraf</b>",
        how_to_replicate="1. Mulai <i>kecil</i>\n2. Ukur",
    )

    page = client.get("/praktik-baik/uji/").content.decode()

    assert "<ol><li>Mulai &lt;i&gt;kecil&lt;/i&gt;</li><li>Ukur</li></ol>" in page
    assert "<p>Satu &lt;b&gt;paragraf&lt;/b&gt;</p>" in page
