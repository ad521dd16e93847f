from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction

from regions.models import Subsector
from stakeholders.lists import forget_lists
from stakeholders.models import OrganizationType
from stakeholders.understanding import Lexicon, understand


@pytest.fixture(scope="session")
def reference(django_db_setup, django_db_blocker):
    """The lexicon of the reference data, and {primary key: slug} of the lists; nothing is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference_data", stdout=StringIO())
        forget_lists()
        loaded = SimpleNamespace(
            lexicon=Lexicon.read(),
            subsectors=dict(Subsector.objects.values_list("pk", "slug")),
            types=dict(OrganizationType.objects.values_list("pk", "slug")),
        )
        transaction.set_rollback(True)
    forget_lists()
    return loaded


@pytest.fixture(scope="session")
def lexicon(reference):
    return reference.lexicon


@pytest.fixture
def places(lexicon):
    """Return, for each place in a text, what it may be."""

    def places(text):
        found = understand(text, lexicon).places
        return [" / ".join(option.label for option in place.options) for place in found]

    return places


@pytest.fixture
def terms(lexicon):
    def terms(text):
        return [term.text for term in understand(text, lexicon).terms]

    return terms


@pytest.fixture
def meaning(reference):
    """Return what the only term of a text stands for, in the words of the lists."""

    def meaning(text):
        (term,) = understand(text, reference.lexicon).terms
        return [
            *term.roles,
            *sorted(reference.subsectors[pk] for pk in term.subsectors),
            *sorted(reference.types[pk] for pk in term.types),
        ]

    return meaning
