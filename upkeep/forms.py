from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upkeep.models import Contact
from upkeep.models.digest_wish import Rhythm


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
