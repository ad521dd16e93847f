"""The ways between the rooms of the workspace."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def current(response, part):
    """Return the words of the links that are marked as here, in one part of the page."""
    inside = re.search(rf'<nav class="{part}".*?</nav>', response.text, re.S)
    found = re.findall(r'aria-current="\w+">(?:<svg.*?</svg>)?(.*?)</a>', inside[0], re.S)
    return [" ".join(each.split()) for each in found]


@pytest.mark.parametrize(
    ("path", "here", "beside"),
    [
        ("/kelola/", ["Ringkasan"], None),
        ("/kelola/mitra/", ["Mitra"], None),
        ("/kelola/mitra/baru/", ["Tambah"], None),
        ("/kelola/usulan/", ["Antrean", "Usulan"], ["Usulan"]),
        ("/en/kelola/tinjauan/", ["Queue", "Review"], ["Review"]),
        ("/kelola/pengelola/", ["Orang", "Pengelola"], ["Pengelola"]),
        ("/kelola/petugas/undang/", ["Orang", "Petugas"], ["Petugas"]),
        ("/kelola/ekspor/", ["Berkas", "Ekspor"], ["Ekspor"]),
        ("/kelola/riwayat/", ["Yang berubah", "Yang berubah"], None),
    ],
)
def test_where_one_is_is_marked(officer_client, path, here, beside):
    response = officer_client.get(path)

    assert current(response, "work-nav") == here
    if beside:
        assert current(response, "views work-rooms") == beside
    else:
        assert "work-rooms" not in response.text


def test_a_steward_sees_no_rooms_of_officers(steward_client, steward):
    response = steward_client.get("/kelola/mitra/")

    assert current(response, "work-nav") == ["Mitra"]
    assert "/kelola/usulan/" not in response.text


def test_the_second_factor_is_asked_for_in_full_on_the_first_page_alone(client):
    client.force_login(factories.OfficerAssignmentFactory().user)

    assert "Lindungi akun Anda" in client.get("/kelola/").text
    others = client.get("/kelola/petugas/").text
    assert "Lindungi akun Anda" not in others
    assert "Verifikasi dua langkah: 7 hari lagi." in " ".join(others.split())
