import factory
import pytest
from django.utils import translation

from regions.models import Recognition, Region, Subsector
from tests import factories
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db

PROVINCE = factory.SubFactory(factories.ProvinceFactory)
USER = factory.SubFactory(factories.UserFactory)


def names(rows):
    return [str(row) for row in rows]


@pytest.mark.parametrize(
    ("constraint", "factory_class", "values"),
    [
        ("province_code", factories.ProvinceFactory, {"code": "3a"}),
        ("province_code", factories.ProvinceFactory, {"code": "3"}),
        ("province_in_indonesia", factories.ProvinceFactory, {"latitude": 52.4}),
        ("province_in_indonesia", factories.ProvinceFactory, {"longitude": 4.9}),
        ("region_code", factories.RegionFactory, {"code": "33-75"}),
        ("region_code", factories.RegionFactory, {"code": "3375"}),
        ("region_kind", factories.RegionFactory, {"kind": "desa"}),
        ("region_review", factories.RegionFactory, {"review": "maybe"}),
        ("region_in_indonesia", factories.RegionFactory, {"latitude": -11.6}),
        (
            "region_profile_verified_by_has_date",
            factories.RegionFactory,
            {"profile_verified_by": USER},
        ),
        ("region_in_indonesia", factories.RegionFactory, {"longitude": 141.6}),
        ("region_subsector_year", factories.RegionSubsectorFactory, {"since_year": 1899}),
        ("region_subsector_year", factories.RegionSubsectorFactory, {"since_year": 2101}),
        ("recognition_year", factories.RecognitionFactory, {"year": 1899}),
        ("recognition_unesco_has_field", factories.RecognitionFactory, {"scheme": "unesco"}),
        ("recognition_unesco_has_field", factories.RecognitionFactory, {"field": "music"}),
        ("recognition_of_region_or_province", factories.RecognitionFactory, {"region": None}),
        ("recognition_of_region_or_province", factories.RecognitionFactory, {"province": PROVINCE}),
    ],
)
def test_the_database_refuses(constraint, factory_class, values):
    with refused_by(constraint):
        factory_class(**values)


@pytest.mark.parametrize(("latitude", "longitude"), [(-11.5, 94.5), (6.5, 141.5)])
def test_the_corners_of_indonesia_are_inside(latitude, longitude):
    region = factories.RegionFactory(latitude=latitude, longitude=longitude)

    assert (region.latitude, region.longitude) == (latitude, longitude)


@pytest.mark.parametrize(
    ("constraint", "factory_class", "field"),
    [
        ("regions_province_code_key", factories.ProvinceFactory, "code"),
        ("regions_province_slug_key", factories.ProvinceFactory, "slug"),
        ("regions_region_code_key", factories.RegionFactory, "code"),
        ("regions_region_slug_key", factories.RegionFactory, "slug"),
        ("regions_subsector_slug_key", factories.SubsectorFactory, "slug"),
    ],
)
def test_codes_and_addresses_are_unique(constraint, factory_class, field):
    first = factory_class()

    with refused_by(constraint):
        factory_class(**{field: getattr(first, field)})


def test_a_subsector_stands_once_in_a_region():
    row = factories.RegionSubsectorFactory()

    with refused_by("region_subsector_once"):
        factories.RegionSubsectorFactory(region=row.region, subsector=row.subsector, is_lead=False)


@pytest.mark.parametrize("place", ["region", "province"])
def test_a_title_is_given_once_although_the_other_place_is_empty(place):
    values = {"region": None, "scheme": "unesco", "field": "music"}
    values[place] = getattr(factories.RegionFactory(), place, None) or factories.RegionFactory()
    factories.RecognitionFactory(**values)
    factories.RecognitionFactory(**values | {"field": "film"})

    with refused_by("recognition_once"):
        factories.RecognitionFactory(**values | {"year": 2023})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("malang", ["Kabupaten Malang", "Kota Malang"]),
        ("kota malang", ["Kota Malang"]),
        ("MALANG kota", ["Kota Malang"]),
        ("solo", ["Kota Surakarta"]),
        ("sala", ["Kota Surakarta"]),
        ("SÓLO", ["Kota Surakarta"]),
        ("enrekang", ["Kabupaten Enrékang"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("solo malang", []),
    ],
)
def test_regions_are_named_as_people_do(text, found):
    factories.RegionFactory(short_name="Malang")
    factories.RegionFactory(short_name="Malang", kind="kabupaten")
    factories.RegionFactory(short_name="Surakarta", aliases=["Solo", "Sala"])
    factories.RegionFactory(short_name="Enrékang", kind="kabupaten")

    assert names(Region.objects.named(text)) == found


def test_distances_follow_the_great_circle():
    sabang = factories.RegionFactory(short_name="Sabang", latitude=5.89, longitude=95.32)
    factories.RegionFactory(short_name="Merauke", latitude=-8.49, longitude=140.40)
    factories.RegionFactory(short_name="Satu Derajat", latitude=4.89, longitude=95.32)

    nearest_first = Region.objects.with_distance_to(sabang).order_by("distance_km")

    assert [(row.short_name, row.distance_km) for row in nearest_first] == [
        ("Sabang", pytest.approx(0, abs=0.1)),
        ("Satu Derajat", pytest.approx(111.195, abs=0.01)),
        ("Merauke", pytest.approx(5244, abs=10)),
    ]


def test_neighbours_are_the_others_nearest_first():
    here = factories.RegionFactory(longitude=110.0)
    far = factories.RegionFactory(longitude=114.0)
    near = factories.RegionFactory(longitude=111.0)

    assert list(here.neighbours()) == [near, far]


def test_a_region_shares_the_titles_of_its_province():
    region = factories.RegionFactory()
    own = factories.RecognitionFactory(region=region)
    shared = factories.RecognitionFactory(region=None, province=region.province)
    factories.RecognitionFactory()

    assert region.titles == [own, shared]


@pytest.mark.parametrize(
    ("values", "honoured_for"),
    [({"scheme": "unesco", "field": "music"}, "Music"), ({}, "Craft, Film")],
)
def test_a_title_says_what_it_honours(values, honoured_for):
    recognition = factories.RecognitionFactory(**values)
    if not values:
        subsectors = [factories.SubsectorFactory(name_en=name) for name in ("Craft", "Film")]
        recognition.subsectors.set(subsectors)

    with translation.override("en"):
        assert recognition.honoured_for == honoured_for


def test_the_newest_unesco_title_comes_first():
    factories.RecognitionFactory()
    titles = [
        factories.RecognitionFactory(scheme="unesco", field="music", year=year)
        for year in (2019, 2023, 2021)
    ]

    assert [row.year for row in Recognition.objects.newest_unesco()] == [2023, 2021, 2019]
    assert Recognition.objects.newest_unesco()[0].place == titles[1].region


def test_only_lead_subsectors_lead():
    region = factories.RegionFactory()
    lead = factories.RegionSubsectorFactory(region=region)
    other = factories.RegionSubsectorFactory(region=region, is_lead=False)

    assert region.lead_subsectors == [lead.subsector]
    assert list(Region.objects.leading_in([lead.subsector.slug])) == [region]
    assert list(Region.objects.leading_in([other.subsector.slug])) == []


def test_a_word_of_a_list_is_shown_in_the_language_of_the_reader():
    subsector = factories.SubsectorFactory(name_id="Kriya", name_en="Craft")

    with translation.override("id"):
        assert str(subsector) == "Kriya"
    with translation.override("en"):
        assert str(subsector) == "Craft"


def test_only_lead_subsectors_are_counted_as_led():
    subsector = factories.SubsectorFactory()
    factories.RegionSubsectorFactory.create_batch(2, subsector=subsector)
    factories.RegionSubsectorFactory(subsector=subsector, is_lead=False)

    assert Subsector.objects.with_lead_count().get().lead_count == 2


def test_similar_regions_share_most_subsectors_then_are_nearest():
    crafts, music, film = factories.SubsectorFactory.create_batch(3)

    def region(longitude, *subsectors):
        made = factories.RegionFactory(longitude=longitude)
        for subsector in subsectors:
            factories.RegionSubsectorFactory(region=made, subsector=subsector)
        return made

    here = region(110.0, crafts, music)
    far_twin = region(120.0, crafts, music, film)
    near = region(111.0, crafts)
    nearer = region(110.5, music)
    region(110.1, film)

    similar = here.similar([crafts, music])

    assert list(similar) == [far_twin, nearer, near]
    assert [each.shared for each in similar] == [2, 1, 1]
    assert [each.stakeholder_count for each in similar.for_cards()] == [0, 0, 0]
    assert list(here.similar([])) == []


def test_counts_of_a_region_are_of_published_listings():
    region = factories.RegionFactory()
    factories.RegionSubsectorFactory.create_batch(2, region=region)
    factories.StakeholderFactory.create_batch(3, region=region, published=True)
    factories.StakeholderFactory(region=region)

    assert Region.objects.for_cards().get(pk=region.pk).stakeholder_count == 3


def test_a_card_says_its_titles_and_lead_subsectors():
    region = factories.RegionFactory()
    factories.RecognitionFactory(region=None, province=region.province, year=2025)
    for year, field in ((2014, "music"), (2019, "film")):
        factories.RecognitionFactory(region=region, scheme="unesco", field=field, year=year)
    for position, name in ((2, "Film"), (1, "Craft"), (0, "Game")):
        subsector = factories.SubsectorFactory(position=position, name_en=name)
        factories.RegionSubsectorFactory(region=region, subsector=subsector, is_lead=position > 0)
    bare = factories.RegionFactory()

    with translation.override("en"):
        cards = Region.objects.for_cards().in_bulk()

    assert cards[region.pk].badges == [
        ["unesco", "2019"],
        ["unesco", "2014"],
        ["kata-kreatif", "2025"],
    ]
    assert cards[region.pk].lead_names == ["Craft", "Film"]
    assert (cards[bare.pk].badges, cards[bare.pk].lead_names) == ([], [])


def test_cards_of_the_nearest_and_of_the_similar_regions():
    crafts = factories.SubsectorFactory()
    here, near, twin = (factories.RegionFactory(longitude=110.0 + each) for each in range(3))
    for region in (here, twin):
        factories.RegionSubsectorFactory(region=region, subsector=crafts)

    assert here.nearest_and_similar([crafts]) == ([near, twin], [twin])
    assert here.nearest_and_similar([crafts], most=1) == ([near], [twin])
    assert here.nearest_and_similar([]) == ([near, twin], [])
