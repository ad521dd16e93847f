"""What a browser sends for a listing: all fields of its form as shown, but for what was changed."""

from django.forms import FileField
from django.http import QueryDict

from stakeholders.forms import ListingForm


def posted(form, **changes):
    """Return the data of a form that was shown; a list gives several values."""
    data = QueryDict(mutable=True)
    for form_shown in [form, form.offerings.management_form, *form.offerings.forms]:
        for bound in form_shown:
            value = bound.field.prepare_value(bound.value())
            is_empty = value is None or value is False or value == ""
            if not isinstance(bound.field, FileField) and not is_empty:
                several = isinstance(value, list | tuple)
                data.setlist(bound.html_name, list(map(str, value)) if several else [str(value)])
    for name, value in changes.items():
        name = name.replace("__", "-")
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def new_offering(number=0, **values):
    """Return the fields of one more offering, the first empty row by default."""
    values = {"direction": "offer", "reach": "region", **values}
    rows = {f"offerings__{number}__{name}": value for name, value in values.items()}
    return {"offerings__TOTAL_FORMS": str(number + 1), **rows}


def filled_in(listing, user, **changes):
    """A form that this user saw now, filled in, not sent yet."""
    shown = ListingForm(user=user, instance=listing)
    return lambda: valid(ListingForm(posted(shown, **changes), user=user, instance=listing))


def valid(form):
    assert form.is_valid(), [form.errors, form.offerings.errors]
    return form
