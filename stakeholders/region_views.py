"""Pages of a region that are made of its listings."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.choice import RegionChoice
from regions.csv import csv_response
from regions.facets import Ignored
from regions.models import Region, Subsector
from stakeholders import evidence_table
from stakeholders.comparison import Comparison
from stakeholders.evidence import EvidenceSheet
from stakeholders.models import Stakeholder


@require_safe
def evidence_sheet(request, slug):
    region = get_object_or_404(Region.objects.for_profile(), slug=slug)
    sheet = EvidenceSheet(region, request.build_absolute_uri)
    wanted = request.GET.get("format", "")
    if wanted == "csv":
        return csv_response(sheet.filename, evidence_table.HEADER, evidence_table.rows(sheet))
    ignored = [Ignored(_("Format"), wanted)] if wanted else []
    context = {"sheet": sheet, "region": region, "ignored": ignored}
    return render(request, "stakeholders/evidence_sheet.html", context)


@require_safe
def comparison(request):
    choice = RegionChoice(request.GET.getlist("r"), _("Kabupaten or kota"))
    regions = choice.regions
    context = {"choice": choice, "regions": regions}
    if len(regions) == 1:
        context["similar"] = regions[0].similar(regions[0].lead_subsectors)[:4]
        context["neighbours"] = regions[0].neighbours()[:4]
    if len(regions) > 1:
        coverages = Stakeholder.objects.published().coverage_of_each(regions)
        context["comparison"] = Comparison(coverages, Subsector.objects.all())
    return render(request, "stakeholders/comparison.html", context)
