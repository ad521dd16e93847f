"""Import, step by step: the file, its columns, the check, the decision, the report."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import officers_only
from regions.requests import read_or_post
from stakeholders.models import Stakeholder
from transfers import actions
from transfers.files import table_response
from transfers.forms import ColumnsForm, DecisionForm, FileForm, RowsForm, SaveForm
from transfers.models import Import, Outcome, State
from transfers.reports import is_told, refused_rows, report_rows
from transfers.resources import ListingResource
from transfers.template import example_rows, value_sheet
from transfers.uploads import limited_upload

ROWS = 50  # on a page
SHOWN = 20  # imports in the list


@read_or_post
@officers_only
@limited_upload
def imports(request):
    """Bring a file; below, what was brought before."""
    sent = [request.POST, request.FILES] if request.method == "POST" else []
    is_too_large = getattr(request, "is_upload_too_large", False)
    form = FileForm(*sent, user=request.user, is_too_large=is_too_large)
    if form.is_valid():
        file_name = form.cleaned_data["berkas"].name
        an_import = actions.take_in(user=request.user, file_name=file_name, table=form.table)
        return redirect(an_import)
    recent = Import.objects.of(request.user)[:SHOWN]
    status = 413 if is_too_large else 200
    return render(
        request, "transfers/imports.html", {"form": form, "imports": recent}, status=status
    )


@require_safe
@officers_only
def template(request, kind):
    header = ListingResource.header()
    rows = example_rows(request.user.editable_regions())
    sheets = [value_sheet(request.user.editable_regions())] if kind == "xlsx" else []
    return table_response(kind, "templat-mitra", header, rows, more_sheets=sheets)


def _mine(request, pk, **lookup):
    return get_object_or_404(Import.objects.of(request.user), pk=pk, **lookup)


@require_safe
@officers_only
def import_page(request, pk):
    """Where an import stands; the page of one at work asks again by itself."""
    an_import = _mine(request, pk)
    if an_import.is_busy:
        return render(request, "transfers/import_busy.html", {"import": an_import})
    if request.headers.get("HX-Target") == "progress":  # the work is done: another page
        return HttpResponse(headers={"HX-Refresh": "true"})
    if an_import.state == State.COLUMNS:
        return redirect("transfers:columns", pk)
    return render(request, "transfers/import_rows.html", RowsPage(request, an_import).context)


class RowsPage:
    """What the check found, or what came of it; the rows of one outcome, some at a time."""

    def __init__(self, request, an_import):
        self.request, self.an_import = request, an_import
        self.counts = an_import.rows.counts()

    @cached_property
    def outcome(self):
        form = RowsForm(self.request.GET)
        return form.cleaned_data["hasil"] if form.is_valid() else ""

    @cached_property
    def page(self):
        rows = self.an_import.rows.all()
        rows = rows.filter(outcome=self.outcome) if self.outcome else rows
        return Paginator(rows, ROWS).get_page(self.request.GET.get("halaman"))

    @cached_property
    def names(self):
        """{key: name and place} of those that these rows mean and one looks after."""
        keys = {pk for row in self.page for pk in [*row.candidates, row.listing] if pk}
        listings = Stakeholder.objects.in_care_of(self.request.user).filter(pk__in=keys)
        return {each.pk: each for each in listings.select_related("region")}

    @property
    def context(self):
        form = decision_form(self.request, self.an_import, self.page, self.names)
        fields = {field.name: field for field in form}
        columns = ListingResource.columns()
        for row in self.page:
            row.field = fields.get(f"baris-{row.number}")
            row.partner = self.names.get(row.listing)
            row.name = self.an_import.cells_of(row).get("name", "")
            told = row.changes if is_told(row, self.names) else {}
            row.told = [(columns[key].column_name, *words) for key, words in told.items()]
            row.wrong = [(self.an_import.place_of(key), reason) for key, reason in row.problems]
        return {
            "import": self.an_import,
            "page": self.page,
            "outcome": self.outcome,
            "tabs": [(each, each.label, count) for each, count in self.counts.items() if count],
            "total": sum(self.counts.values()),
            "counts": {outcome.value: count for outcome, count in self.counts.items()},
            "writes": self.counts[Outcome.CREATE] + self.counts[Outcome.UPDATE],
            "has_decisions": any(row.field for row in self.page),
            "save_form": SaveForm(),
        }


def decision_form(request, an_import, rows, names):
    open_rows = [row for row in rows if row.candidates and an_import.state == State.READY]
    return DecisionForm(request.POST or None, rows=open_rows, names=names)


@require_POST
@officers_only
def decisions(request, pk):
    page = RowsPage(request, _mine(request, pk))
    form = decision_form(request, page.an_import, page.page, page.names)
    if form.is_valid() and form.decide(page.an_import):
        messages.success(request, _("Your choices are noted."))
    else:
        messages.error(request, _("That is not possible any more. This is how things stand now."))
    query = request.GET.urlencode()
    return redirect(f"{page.an_import.get_absolute_url()}{query and '?'}{query}")


@read_or_post
@officers_only
def columns(request, pk):
    an_import = _mine(request, pk, state__in=[State.COLUMNS, State.READY])
    form = ColumnsForm(request.POST or None, an_import=an_import)
    if form.is_valid():
        actions.choose_columns(an_import=an_import, columns=form.columns)
        return redirect(an_import)
    status = 400 if request.method == "POST" else 200
    context = {"import": an_import, "form": form}
    return render(request, "transfers/import_columns.html", context, status=status)


@require_POST
@officers_only
def save(request, pk):
    an_import, form = _mine(request, pk), SaveForm(request.POST)
    if not (form.is_valid() and actions.begin_saving(an_import=an_import, **form.choices)):
        messages.error(request, _("That is not possible any more. This is how things stand now."))
    return redirect(an_import)


@require_POST
@officers_only
def undo(request, pk):
    an_import = _mine(request, pk)
    if not actions.begin_taking_back(an_import=an_import):
        messages.error(request, _("That is not possible any more. This is how things stand now."))
    return redirect(an_import)


@require_POST
@officers_only
def again(request, pk):
    an_import = _mine(request, pk)
    actions.begin_anew(an_import=an_import)
    return redirect(an_import)


@require_POST
@officers_only
def delete(request, pk):
    """Only the file, its rows and the report: what was saved stays."""
    _mine(request, pk).delete()
    messages.success(request, _("The file and its report are deleted."))
    return redirect(reverse("transfers:imports"))


@require_safe
@officers_only
def report(request, pk):
    an_import = _mine(request, pk)
    header, rows = report_rows(an_import)
    return table_response(an_import.kind, f"laporan-impor-{pk}", header, rows)


@require_safe
@officers_only
def refused(request, pk):
    """The rows of which nothing came, as they were, to be put right and brought again."""
    an_import = _mine(request, pk)
    header, rows = refused_rows(an_import)
    return table_response(an_import.kind, f"ditolak-{pk}", header, rows)
