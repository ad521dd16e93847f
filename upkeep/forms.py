from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.content import content_of
from stakeholders.forms import ListingForm
from stakeholders.offering_forms import OfferingFormSet
from upkeep.models import Contact
from upkeep.models.digest_wish import Rhythm


class CorrectionForm(ListingForm):
    """The public words of a listing, for whoever has a link: short, and nothing private.

    The link ends with any change of the listing, so this begins from what the listing says now;
    a `base` in the page would carry the private contact along.
    """

    aliases = organization_type = region = point = base = None
    logo = photo = remove_logo = remove_photo = kept_logo = kept_photo = None

    class Meta(ListingForm.Meta):
        fields = [
            *("name", "summary", "description", "subsectors", "address", "website"),
            *("social_links", "public_email", "public_phone"),
        ]

    def _read_base(self, text, instance):
        return content_of(instance)

    @property
    def offerings(self):
        """Left as they are."""
        return OfferingFormSet(prefix="offerings")


class DigestForm(forms.Form):
    """How often; choosing anything ends a pause, and a stop from the link in a mail."""

    irama = forms.ChoiceField(label=_("How often"), choices=Rhythm, widget=forms.RadioSelect)
    jeda = forms.BooleanField(label=_("Pause for 30 days"), required=False)

    def __init__(self, *args, wish, **kwargs):
        self.wish = wish
        initial = {"irama": wish.rhythm, "jeda": wish.is_paused}
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)

    @transaction.atomic
    def save(self):
        self.wish.choose(self.cleaned_data["irama"])
        if self.cleaned_data["jeda"]:
            self.wish.pause()
        Contact.objects.of_address(self.wish.user.email).resume()
