"""The settings as a process reads them: each in a fresh process with nothing else in reach."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "direktori.example.id",
    "DATABASE_URL": "postgres://user:secret@db.example.id:5432/hexahelix",
    "SITE_URL": "https://direktori.example.id",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.id:587",
    "DEFAULT_FROM_EMAIL": "direktori@example.id",
}


def read(expression, **environment):
    """Return what `expression` is in the settings, or what was complained about."""
    code = f"from iccn_network import settings; print({expression})"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={"ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout or done.stderr.splitlines()[-1]).strip()


def test_all_that_is_missing_is_named_at_once():
    assert read("settings.DEBUG") == (
        "django.core.exceptions.ImproperlyConfigured: DEBUG is off, so these must be set in the "
        "environment or in .env: "
        "SECRET_KEY (a long random string, kept secret); "
        "ALLOWED_HOSTS (the host names of the site, separated by commas); "
        "DATABASE_URL (postgres://user:password@host:5432/name); "
        "SITE_URL (https:// and the host, which links in mails begin with); "
        "EMAIL_URL (smtp+tls://user:password@host:587); "
        "DEFAULT_FROM_EMAIL (the sender of all mails). "
        "For development set DEBUG=1."
    )


@pytest.mark.parametrize("name", PRODUCTION)
def test_each_of_them_is_needed(name):
    said = read("settings.DEBUG", **{**PRODUCTION, name: ""})

    assert re.findall(r"([A-Z_]+) \(", said) == [name]


def test_production_is_secure_by_default():
    names = "DEBUG SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE"
    values = ", ".join(f"settings.{name}" for name in names.split())

    assert read(values, **PRODUCTION) == "False True 31536000 True True"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (PRODUCTION["EMAIL_URL"], "smtp mail.example.id 587 user secret True"),
        ("smtp://localhost", "smtp localhost None None None False"),
        ("smtp://me:a%40b%2F@localhost:25", "smtp localhost 25 me a@b/ False"),
    ],
)
def test_one_address_says_how_mail_goes_out(url, expected):
    names = "HOST PORT HOST_USER HOST_PASSWORD"
    values = ", ".join(f"settings.EMAIL_{name}" for name in names.split())
    tls = "getattr(settings, 'EMAIL_USE_TLS', False)"
    engine = "settings.EMAIL_BACKEND.split('.')[-2]"

    said = read(f"{engine}, {values}, {tls}", **PRODUCTION | {"EMAIL_URL": url})

    assert said == expected


def test_mails_are_printed_in_development():
    said = read("settings.EMAIL_BACKEND", DEBUG="1", DATABASE_URL=PRODUCTION["DATABASE_URL"])

    assert said == "django.core.mail.backends.console.EmailBackend"


def test_the_site_must_say_how_it_is_reached():
    said = read("settings.SITE_URL", **PRODUCTION | {"SITE_URL": "direktori.example.id"})

    assert said.endswith("SITE_URL must look like https://direktori.example.id.")
    assert read("settings.SITE_URL", **PRODUCTION | {"SITE_URL": "https://x.id/"}) == "https://x.id"


@pytest.mark.parametrize(
    "url",
    ["sqlite:///db.sqlite3", "mysql://user:secret@localhost/name", "postgres", "file:secret"],
)
def test_another_engine_is_refused_without_repeating_the_password(url):
    said = read("settings.DEBUG", DEBUG="1", DATABASE_URL=url)

    assert said == (
        "django.core.exceptions.ImproperlyConfigured: Only PostgreSQL works: "
        "DATABASE_URL must look like postgres://user:password@host:5432/name."
    )


def test_a_file_may_hold_the_settings_and_the_environment_wins(tmp_path):
    file = tmp_path / "settings.env"
    file.write_text("DEBUG=1\nLOG_LEVEL=ERROR\nDATABASE_URL=postgres://me@localhost/mine\n")
    values = "settings.LOGGING['root']['level'], settings.DATABASES['default']['NAME']"

    assert read(values, ENV_FILE=str(file)) == "ERROR mine"
    assert read(values, ENV_FILE=str(file), LOG_LEVEL="INFO") == "INFO mine"


def test_the_example_lists_every_setting_and_no_other():
    read_by_settings = set(
        re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "iccn_network/settings.py").read_text())
    )
    listed = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(read_by_settings | set(PRODUCTION)) == sorted(listed)


def test_the_example_starts_a_development_site():
    example = str(ROOT / ".env.example")

    assert (
        read("settings.DEBUG", ENV_FILE=example, DATABASE_URL="postgres://me@localhost/mine")
        == "True"
    )
