import pytest

from stakeholders.models import Stakeholder
from tests import factories
from tests.transfers.tools import checked, csv_file, outcomes, reasons, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(officer):
    return officer.region


@pytest.fixture
def kind():
    return factories.OrganizationTypeFactory(name_id="Sanggar", role="community")


def test_new_rows_become_published_listings(officer, region, kind):
    an_import = checked(officer, csv_file(f"Sanggar Melati,Komunitas,Sanggar,{region.name}"))
    assert outcomes(an_import) == [(2, "create")], reasons(an_import)

    saved(an_import)

    listing = Stakeholder.objects.get()
    assert (listing.name, listing.slug, listing.role) == (
        "Sanggar Melati",
        "sanggar-melati",
        "community",
    )
    assert (listing.region, listing.organization_type, listing.status) == (
        region,
        kind,
        "published",
    )
    assert an_import.state == "done"
    assert an_import.rows.get().listing == listing.pk
