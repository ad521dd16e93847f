"""/gaya/: every part of the site in every state, for whoever designs; only with DEBUG."""

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from regions.models import Recognition, Region
from stakeholders.coverage import ALL, Coverage
from stakeholders.filters import StakeholderFilter
from stakeholders.models import Freshness, Stakeholder
from stakeholders.roles import Role

# One cell in each state: full, thin, stale, empty.
SOME_ROWS = [
    ("academia", ALL, 3, 3),
    ("business", ALL, 12, 7),
    ("community", ALL, 4, 1),
    ("government", ALL, 2, 0),
]


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it is written on the door."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    email = forms.EmailField(label=_("E-mail address"))
    story = forms.CharField(label=_("Description"), widget=forms.Textarea(attrs={"rows": 3}))


@require_safe
def style_guide(request):
    for level in (messages.SUCCESS, messages.INFO, messages.WARNING, messages.ERROR):
        messages.add_message(request, level, _("A message says what happened."))
    published = Stakeholder.objects.published()
    states = [published.with_freshness_in([state]).for_cards().first() for state in Freshness]
    return render(
        request,
        "stakeholders/style_guide.html",
        {
            "filterset": StakeholderFilter(request.GET),
            "stakeholders": filter(None, states),
            "roles": Role.values,
            "coverage": published.role_coverage(),
            "some_coverage": Coverage(SOME_ROWS),
            "regions": Region.objects.recognised_by(Recognition.Scheme.values).for_cards()[:3],
            "form": ExampleForm(),
            "wrong_form": ExampleForm(
                {"name": "", "role": "media", "email": "halo@"}, auto_id="wrong_%s"
            ),
        },
    )
