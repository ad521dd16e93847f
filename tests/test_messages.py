"""The Indonesian catalogue is complete, sound and as new as the sources."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
CATALOGUE = "locale/id/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdifr]|\{\w*\}")
NOT_SOURCES = shutil.ignore_patterns(".*", "tests", "node_modules", "staticfiles")


@pytest.fixture
def catalogue():
    return polib.pofile(str(ROOT / CATALOGUE))


def msgids(catalogue):
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def test_everything_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_nothing_is_only_guessed(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_every_placeholder_survives_translation(catalogue):
    def is_broken(entry):
        translations = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        return any(set(PLACEHOLDER.findall(text)) != wanted for text in translations)

    assert [entry.msgid for entry in catalogue if is_broken(entry)] == []


def test_the_catalogue_is_as_new_as_the_sources(catalogue, tmp_path):
    if not shutil.which("xgettext"):
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("GNU gettext is missing, so new strings cannot be found.")
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=NOT_SOURCES)
    (copy / CATALOGUE).unlink()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "id"]

    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)

    assert msgids(catalogue) == msgids(polib.pofile(str(copy / CATALOGUE)))
