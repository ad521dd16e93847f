"""The Indonesian catalogue is complete, sound and as new as the sources."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.test_project import PYTHON_FILES, name_of

ROOT = Path(__file__).parent.parent
CATALOGUE = "locale/id/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdifr]|\{\w*\}")
# The only other name under which makemessages finds them.
UNDERSCORE = {"gettext", "gettext_lazy", "gettext_noop"}
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


def unknown_names(source):
    """Return the names under which `source` hides gettext functions from makemessages."""
    return [
        f"{alias.name} as {alias.asname}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and alias.asname
        if alias.asname != "_" or alias.name not in UNDERSCORE
    ]


def test_makemessages_knows_every_name_of_gettext():
    found = {name_of(path): unknown_names(path.read_text()) for path in PYTHON_FILES}

    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("names", "unknown"),
    [
        ("gettext as _, gettext_lazy, ngettext", []),
        ("gettext_lazy as _lazy", ["gettext_lazy as _lazy"]),
        ("ngettext as _", ["ngettext as _"]),
    ],
)
def test_the_rule_on_names_of_gettext_catches_it(names, unknown):
    assert unknown_names(f"from django.utils.translation import {names}") == unknown
