"""How every list of the site filters, counts and words its state; the regions stand for all."""

import pytest
from django.http import QueryDict

from regions.facets import LONGEST_TEXT, MOST_OPTIONS
from regions.filters import RegionFilter
from regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


def filtered(query):
    return RegionFilter(QueryDict(query), Region.objects.all())


def names(filterset):
    return [region.short_name for region in filterset.page]


def options(filterset, facet):
    return {option.value: option.count for option in filterset.options(facet)}


def chips(query):
    return {(chip.label, chip.url) for chip in filtered(query).chips}


def panel(filterset, facet):
    """Return (open, further) options of a facet, as their values."""
    [found] = [panel for panel in filterset.panels if panel.name == facet]
    return [option.value for option in found.open], [option.value for option in found.rest]


@pytest.fixture
def jawa_tengah():
    return factories.ProvinceFactory(code="33", short_name="Jawa Tengah", island="jawa")


@pytest.fixture
def regions(jawa_tengah):
    bali = factories.ProvinceFactory(code="51", short_name="Bali", island="bali-nusa-tenggara")
    factories.RegionFactory(short_name="Pekalongan", province=jawa_tengah)
    factories.RegionFactory(short_name="Rembang", province=jawa_tengah, kind="kabupaten")
    factories.RegionFactory(short_name="Surakarta", province=jawa_tengah)
    factories.RegionFactory(short_name="Denpasar", province=bali)
    factories.RegionFactory(short_name="Gianyar", province=bali, kind="kabupaten")


@pytest.mark.usefixtures("regions")
class TestSelection:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Denpasar", "Gianyar", "Pekalongan", "Rembang", "Surakarta"]),
            ("provinsi=33", ["Pekalongan", "Rembang", "Surakarta"]),
            ("jenis=kota", ["Denpasar", "Pekalongan", "Surakarta"]),
            ("jenis=kota&jenis=kabupaten&provinsi=51", ["Denpasar", "Gianyar"]),
            ("provinsi=33&jenis=kota", ["Pekalongan", "Surakarta"]),
            ("provinsi=33&pulau=bali-nusa-tenggara", []),
            ("provinsi=33&jenis=kota&q=sura", ["Surakarta"]),
            ("provinsi=33&provinsi=33&provinsi=", ["Pekalongan", "Rembang", "Surakarta"]),
        ],
    )
    def test_or_within_a_facet_and_between_them(self, query, found):
        filterset = filtered(query)

        assert names(filterset) == found
        assert filterset.total == len(found)

    @pytest.mark.parametrize(
        ("query", "facet", "counts"),
        [
            ("", "jenis", {"kabupaten": 2, "kota": 3}),
            ("jenis=kota", "jenis", {"kabupaten": 2, "kota": 3}),
            ("jenis=kota", "provinsi", {"33": 2, "51": 1}),
            ("jenis=kota&provinsi=51", "jenis", {"kabupaten": 1, "kota": 1}),
            ("jenis=kota&provinsi=51", "provinsi", {"33": 2, "51": 1}),
            ("jenis=kota&provinsi=51", "pulau", {"bali-nusa-tenggara": 1}),
            ("q=sura", "provinsi", {"33": 1}),
        ],
    )
    def test_an_option_counts_what_the_other_facets_leave(self, query, facet, counts):
        assert options(filtered(query), facet) == counts

    def test_a_chosen_option_stays_when_it_leaves_nothing(self):
        filterset = filtered("provinsi=51&q=sura")

        assert [(o.value, o.count, o.is_chosen) for o in filterset.options("provinsi")] == [
            ("33", 1, False),
            ("51", 0, True),
        ]

    def test_state_is_in_the_address_only(self):
        assert filtered("jenis=kota").total == 3
        assert filtered("").total == 5
        factories.ProvinceFactory(code="61", short_name="Kalimantan Barat")
        assert dict(filtered("").form.fields["provinsi"].choices)["61"] == "Kalimantan Barat"


@pytest.mark.usefixtures("regions")
class TestChips:
    def test_each_removes_exactly_one_thing(self):
        query = "jenis=kota&jenis=kabupaten&provinsi=33&q=e&urut=mitra"
        labels = {chip.label for chip in filtered(query).chips}

        assert len(labels) == 4
        for chip in filtered(query).chips:
            left = filtered(chip.url[1:])
            assert {other.label for other in left.chips} == labels - {chip.label}
            assert left.order == "mitra"

    def test_their_addresses(self):
        assert chips("provinsi=33&provinsi=51&urut=mitra&halaman=2") == {
            ("Jawa Tengah", "?provinsi=51&urut=mitra"),
            ("Bali", "?provinsi=33&urut=mitra"),
        }

    def test_the_text_has_one_too(self):
        assert chips("q=kota+solo&jenis=kota") >= {("kota solo", "?jenis=kota")}

    def test_nothing_asked_nothing_to_remove(self):
        assert chips("urut=mitra&halaman=2&provinsi=99") == set()


@pytest.mark.usefixtures("regions")
class TestIgnored:
    @pytest.mark.parametrize(
        ("query", "ignored"),
        [
            ("provinsi=33&q=x&urut=mitra&halaman=1&lain=1", []),
            ("provinsi=99", ["99"]),
            ("provinsi=33&provinsi=99&provinsi=98&provinsi=99", ["99", "98"]),
            ("pulau=&jenis=desa", ["desa"]),
            ("urut=acak", ["acak"]),
            ("halaman=abc", ["abc"]),
            ("halaman=0", ["0"]),
            ("halaman=-1", ["-1"]),
            ("halaman=01", ["01"]),
            ("halaman=%D9%A3", ["٣"]),
            ("halaman=9999999999", ["9999999999"]),
            ("halaman=" + "9" * 5000, ["9" * 5000]),
            ("q=***", ["***"]),
            ("q=a%00b", ["\x00"]),
            ("q=" + "a" * LONGEST_TEXT, []),
            ("q=" + "a" * LONGEST_TEXT + "bc", ["bc"]),
            ("provinsi=%00&jenis=%FF", ["\x00", "\ufffd"]),
        ],
    )
    def test_what_was_not_understood_is_named(self, query, ignored):
        assert [each.value for each in filtered(query).ignored] == ignored

    def test_what_was_not_understood_does_nothing_else(self):
        assert filtered("provinsi=99&jenis=desa&urut=acak&halaman=abc&q=%00").total == 5

    def test_a_page_repeats_it_short_and_visible(self):
        [ignored] = filtered("urut=" + "a" * 30 + "%00%0a%E2%80%AE" + "b" * 5000).ignored

        assert ignored.echo == "a" * 30 + "\ufffd" * 3 + "b" * 7


class TestPages:
    @pytest.fixture(autouse=True)
    def fifty_regions(self, jawa_tengah):
        factories.RegionFactory.create_batch(50, province=jawa_tengah)

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ("", 1),
            ("1", 1),
            ("3", 3),
            ("4", 1),
            ("0", 1),
            ("-1", 1),
            ("abc", 1),
            ("٣", 1),
            ("%2B2", 1),
            ("2.0", 1),
        ],
    )
    def test_only_a_number_in_reach_turns_the_page(self, asked, shown):
        assert filtered(f"halaman={asked}").page.number == shown

    def test_every_row_is_on_exactly_one_page(self):
        pages = [names(filtered(f"halaman={number}")) for number in (1, 2, 3)]

        assert [len(page) for page in pages] == [24, 24, 2]
        assert len({name for page in pages for name in page}) == 50


class TestOptions:
    def fill(self, count, start=10):
        """Make provinces that each have one region more than the one before."""
        for position in range(count):
            province = factories.ProvinceFactory(code=str(start + position))
            factories.RegionFactory.create_batch(position + 1, province=province)

    def test_the_fullest_come_first(self):
        self.fill(3)

        assert list(options(filtered(""), "provinsi").items()) == [("12", 3), ("11", 2), ("10", 1)]

    def test_a_fixed_list_keeps_its_order(self):
        factories.RegionFactory.create_batch(2, kind="kota")
        factories.RegionFactory(kind="kabupaten")

        assert list(options(filtered(""), "jenis")) == ["kabupaten", "kota"]

    def test_the_first_stand_open(self):
        self.fill(8)

        assert panel(filtered(""), "provinsi") == (
            ["17", "16", "15", "14", "13"],
            ["12", "11", "10"],
        )

    def test_a_rest_of_two_is_not_worth_a_click(self):
        self.fill(7)

        assert panel(filtered(""), "provinsi") == (["16", "15", "14", "13", "12", "11", "10"], [])

    def test_a_chosen_option_stands_open_wherever_it_is(self):
        self.fill(9)

        assert panel(filtered("provinsi=10"), "provinsi") == (
            ["18", "17", "16", "15", "14", "10"],
            ["13", "12", "11"],
        )

    def test_a_page_carries_a_bounded_number(self):
        for code in range(10, 10 + MOST_OPTIONS + 5):
            factories.RegionFactory(province__code=str(code))

        shown, rest = panel(filtered("provinsi=54"), "provinsi")

        assert (len(shown), len(rest)) == (6, MOST_OPTIONS - 5)
        assert shown[-1] == "54"

    @pytest.mark.parametrize(
        ("query", "further", "beyond"),
        [("", 40, 5), ("provinsi=54", 39, 4), ("provinsi=11", 40, 5)],
    )
    def test_the_number_of_all_others_is_true(self, query, further, beyond):
        for code in range(10, 10 + MOST_OPTIONS + 5):
            factories.RegionFactory(province__code=str(code))

        [panel] = [each for each in filtered(query).panels if each.name == "provinsi"]

        assert (panel.further, panel.beyond) == (further, beyond)
        assert len(panel.open) + panel.further == MOST_OPTIONS + 5

    def test_where_almost_all_are_chosen_the_others_are_still_told(self):
        codes = [str(code) for code in range(10, 10 + MOST_OPTIONS + 5)]
        for code in codes:
            factories.RegionFactory(province__code=code)

        query = "&".join(f"provinsi={code}" for code in codes[:MOST_OPTIONS])
        [panel] = [each for each in filtered(query).panels if each.name == "provinsi"]

        assert (len(panel.open), panel.rest, panel.further) == (MOST_OPTIONS, [], 5)


@pytest.mark.django_db
class TestRecognition:
    @pytest.fixture(autouse=True)
    def titles(self):
        jakarta = factories.ProvinceFactory(short_name="DKI Jakarta")
        factories.RecognitionFactory(
            scheme="unesco", field="literature", region=None, province=jakarta
        )
        factories.RegionFactory(name="Kota Administrasi Jakarta Barat", province=jakarta)
        pekalongan = factories.RegionFactory(name="Kota Pekalongan")
        factories.RecognitionFactory(scheme="unesco", field="crafts-folk-art", region=pekalongan)
        factories.RecognitionFactory(scheme="kata-kreatif", region=pekalongan)
        factories.RegionFactory(name="Kota Tanpa Gelar")

    def test_regions_share_the_titles_of_their_province(self):
        filterset = RegionFilter(QueryDict("pengakuan=unesco"), Region.objects.all())

        assert {region.name for region in filterset.qs} == {
            "Kota Administrasi Jakarta Barat",
            "Kota Pekalongan",
        }

    def test_a_region_counts_in_each_scheme(self):
        counts = RegionFilter(QueryDict(""), Region.objects.all()).counts["pengakuan"]

        assert counts == {"unesco": 2, "kata-kreatif": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "names"),
    [("q=zzzz", []), ("q=zzzz&urut=mitra", []), ("q=zzzz&jenis=kota", ["q"])],
)
def test_a_text_alone_is_not_removed(query, names):
    factories.RegionFactory(name="Kota Solo", kind="kota")

    filterset = RegionFilter(QueryDict(query), Region.objects.all())

    assert [each.name for each in filterset.rescues] == names


@pytest.mark.django_db
def test_what_each_removal_would_bring():
    region = factories.RegionFactory(name="Kota Solo", kind="kota")
    factories.RegionFactory(name="Kabupaten Solok", kind="kabupaten")

    filterset = RegionFilter(QueryDict("q=solo&jenis=kota&provinsi=xx&urut=mitra"), Region.objects)
    assert filterset.total == 1
    region.delete()

    nothing = RegionFilter(QueryDict("q=solo&jenis=kota&urut=mitra"), Region.objects.all())
    assert nothing.total == 0
    assert [(each.url, each.rows) for each in nothing.rescues] == [("?q=solo&urut=mitra", 1)]
