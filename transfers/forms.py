from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from transfers.actions import decide, decide_all
from transfers.files import UnreadableError, read_table
from transfers.files.kinds import too_large
from transfers.headers import IGNORED, UNKNOWN, count_understood
from transfers.models import Decision, Import, Outcome
from transfers.resources import ListingResource

MOST_KEPT = 50  # imports of one person at a time
FILE_TYPES = ".csv,.tsv,.txt,.xlsx"
REFUSED_ENDINGS = (".xlsm", ".xltm")


class FileForm(forms.Form):
    berkas = forms.FileField(
        label=_("CSV or Excel file (XLSX)"),
        help_text=_(
            "At most 10 MB and 20,000 rows. Nothing is saved before you have seen the check."
        ),
        widget=forms.FileInput(attrs={"accept": FILE_TYPES}),
    )

    def __init__(self, *args, user, is_too_large=False, **kwargs):
        super().__init__(*args, auto_id="impor-%s", label_suffix="", **kwargs)
        self.user = user
        if is_too_large:
            self.fields["berkas"].error_messages["required"] = too_large()

    def clean_berkas(self):
        file = self.cleaned_data["berkas"]
        if Import.objects.of(self.user).count() >= MOST_KEPT:
            problem = gettext("You have %(most)d imports: delete one that you need no longer.")
            raise forms.ValidationError(problem % {"most": MOST_KEPT})
        if file.name.lower().endswith(REFUSED_ENDINGS):
            raise forms.ValidationError(
                gettext("This file holds macros (.xlsm). In Excel choose “Save as” and then XLSX.")
            )
        try:
            self.table = read_table(file.read(), count_understood)
        except UnreadableError as problem:
            raise forms.ValidationError(str(problem)) from None
        return file


class ColumnsForm(forms.Form):
    """One choice for each column of a file."""

    def __init__(self, *args, an_import, **kwargs):
        super().__init__(*args, auto_id="kolom-%s", label_suffix="", **kwargs)
        self.an_import = an_import
        choices = [("", _("Choose …")), (IGNORED, _("Leave this column out"))]
        choices += [(key, field.column_name) for key, field in ListingResource.columns().items()]
        for place, header in enumerate(an_import.headers):
            self.fields[f"kolom-{place}"] = forms.ChoiceField(
                label=header or _("(without a header)"),
                choices=choices,
                initial=an_import.columns[place],
            )

    def clean(self):
        chosen = [key for key in self.columns if key not in {UNKNOWN, IGNORED}]
        if len(self.columns) == len(self.fields):
            for key in {key for key in chosen if chosen.count(key) > 1}:
                label = ListingResource.fields[key].column_name
                self.add_error(
                    None, gettext("Only one column can be “%(label)s”.") % {"label": label}
                )
            if not {"name", "id"} & {*chosen}:
                self.add_error(None, gettext("Say which column holds the name."))
        return self.cleaned_data

    @property
    def columns(self):
        names = [f"kolom-{place}" for place in range(len(self.an_import.headers))]
        return [self.cleaned_data[name] for name in names if name in self.cleaned_data]


class SaveForm(forms.Form):
    terkonfirmasi = forms.BooleanField(
        label=_("I confirm today that these partners are still true"),
        required=False,
        help_text=_("Also those in whose rows nothing is new. Leave it open if you do not know."),
    )
    terbit = forms.ChoiceField(
        label=_("New partners"),
        choices=[("ya", _("Publish")), ("draf", _("Keep as drafts"))],
        initial="ya",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="simpan-%s", label_suffix="", **kwargs)

    @property
    def choices(self):
        data = self.cleaned_data
        return {"confirms": data["terkonfirmasi"], "publishes": data["terbit"] == "ya"}


class DecisionForm(forms.Form):
    """What to do with rows that may mean a listing which is there already."""

    # For all rows of the import that wait for a decision.
    semua = forms.ChoiceField(
        choices=[("", ""), (Decision.NEW, ""), (Decision.SKIP, "")], required=False
    )

    def __init__(self, *args, rows, names, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for row in rows:
            choices = [("", _("Decide later")), *self.choices_of(row, names)]
            self.fields[f"baris-{row.number}"] = forms.ChoiceField(
                label=gettext("Row %(number)d") % {"number": row.number},
                choices=choices,
                required=False,
                initial=str(row.chosen) if row.decision == Decision.SAME else row.decision,
            )

    @staticmethod
    def choices_of(row, names):
        """Only listings that the check found, and that whoever decides looks after."""
        same = [
            (str(pk), gettext("The same as %(name)s") % {"name": in_words(names[pk])})
            for pk in row.candidates
            if pk in names
        ]
        return [*same, (Decision.NEW, _("A new partner")), (Decision.SKIP, _("Skip this row"))]

    @property
    def decisions(self):
        """Return {number of the row: (decision, key of the listing)} of what has been changed."""
        return {
            int(name.partition("-")[2]): _decision(self.cleaned_data[name])
            for name in self.changed_data
            if name in self.data and name != "semua"
        }

    def decide(self, an_import):
        if decision := self.cleaned_data["semua"]:
            return decide_all(an_import=an_import, decision=decision)
        return decide(an_import=an_import, decisions=self.decisions)


def in_words(listing):
    """Its name; where the public does not see it, its status, too."""
    return listing.name if listing.is_published else f"{listing} ({listing.get_status_display()})"


def _decision(value):
    if value.isdecimal():
        return Decision.SAME, int(value)
    return value, None


class RowsForm(forms.Form):
    """Which rows of the check are shown."""

    hasil = forms.ChoiceField(choices=Outcome.choices, required=False)
