"""The columns of a listing in files: what stands above each, and how it is read and written.

One resource serves officers, staff and commands, for import, export and the template.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.resources import ModelResource

from regions.csv import FORMULA_STARTS, day_of
from stakeholders.models import Stakeholder
from transfers import widgets

REQUIRED = ["name", "role", "organization_type", "region"]


class ListingResource(ModelResource):
    id = Field("pk", _("ID"), widgets.Key())
    name = Field("name", _("Name"), widgets.Text("name"))
    aliases = Field("aliases", _("Other names"), widgets.Texts("aliases"))
    role = Field("role", _("Role"), widgets.RoleWord())
    organization_type = Field("organization_type_id", _("Organisation type"), widgets.TypeWord())
    region = Field("region_id", _("Kabupaten or kota"), widgets.RegionWord())
    province = Field("region_id", _("Province"), widgets.ProvinceWord())
    subsectors = Field("subsector_ids", _("Subsectors"), widgets.SubsectorWords())
    summary = Field("summary", _("In one line"), widgets.Text("summary"))
    description = Field("description", _("Description"), widgets.LongText("description"))
    website = Field("website", _("Website"), widgets.Address("website"))
    social_links = Field("social_links", _("Social media"), widgets.Addresses("social_links"))
    public_email = Field("public_email", _("Public e-mail"), widgets.Text("public_email"))
    public_phone = Field("public_phone", _("Public phone"), widgets.Phone("public_phone"))
    contact_email = Field("contact_email", _("Private contact"), widgets.Text("contact_email"))
    address = Field("address", _("Address"), widgets.Text("address"))
    latitude = Field("latitude", _("Latitude"), widgets.Degrees("latitude"))
    longitude = Field("longitude", _("Longitude"), widgets.Degrees("longitude"))
    source = Field("source", _("Source"), widgets.Text("source"))
    source_url = Field("source_url", _("Source address"), widgets.Address("source_url"))
    status = Field("get_status_display", _("Status"), readonly=True)
    verified_at = Field("verified_at", _("Confirmed on"), readonly=True)

    class Meta:
        model = Stakeholder
        fields = [
            *("id", "name", "aliases", "role", "organization_type", "region", "province"),
            *("subsectors", "summary", "description", "website", "social_links", "public_email"),
            *("public_phone", "contact_email", "address", "latitude", "longitude", "source"),
            *("source_url", "status", "verified_at"),
        ]
        export_order = fields

    def dehydrate_verified_at(self, listing):
        return day_of(listing.verified_at)

    @classmethod
    def columns(cls):
        """Return {key: its field} of all that is taken in."""
        fields = cls.fields
        return {key: fields[key] for key in cls._meta.fields if not fields[key].readonly}

    @classmethod
    def header(cls):
        return [str(field.column_name) for field in cls.columns().values()]

    @classmethod
    def told_only(cls):
        return [each.column_name for each in cls.fields.values() if each.readonly]

    @classmethod
    def labels(cls):
        """Return {key: what it is called in the languages of the site}."""
        labels = {}
        for language in ("id", "en"):
            with translation.override(language):
                for key, field in cls.columns().items():
                    labels.setdefault(key, []).append(str(field.column_name))
        return labels

    def rows(self, listings):
        """Yield a row for each listing, as `for_file` loads them."""
        for listing in listings:
            yield [guarded(cell) for cell in self.export_resource(listing)]


def for_file(listings):
    """Exactly what a file tells of each listing."""
    links = Stakeholder.subsectors.through.objects.filter(stakeholder=OuterRef("pk"))
    ids = ArraySubquery(links.order_by("subsector").values("subsector"))
    return listings.annotate(subsector_ids=ids)


def guarded(value):
    """A text that looks guarded gets an apostrophe more, so that reading takes none of its own."""
    if isinstance(value, str) and value.startswith("'") and _looks_guarded(value):
        return f"'{value}"
    return value


def unguarded(text):
    """Take off the apostrophe that keeps a spreadsheet from running what follows."""
    return text[1:] if text.startswith("'") and _looks_guarded(text) else text


def _looks_guarded(text):
    return text.lstrip("'").startswith(FORMULA_STARTS)
