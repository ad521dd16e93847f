"""The settings of the site as tests want them: secure defaults on, no redirect to https."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("DEBUG", "1")

from iccn_network.settings import *  # noqa: F403

DEBUG = False
SECRET_KEY = "tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# In memory, so that tests without a database may clear it; test_limits.py has the real one.
in_memory = {"BACKEND": CACHES["process"]["BACKEND"], "LOCATION": "shared", "OPTIONS": {}}  # noqa: F405
CACHES = CACHES | {"default": CACHES["default"] | in_memory}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="hexahelix-media-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
STATIC_ROOT = None  # Nothing is collected: the live server finds static files in their sources.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each test process drops its database at the end: no idle connections may stay behind.
DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405
# What a crash takes away was only a test.
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
