"""Secrets of second factors, as they stand in the database: worthless without `SECRET_KEY`."""

import logging
from base64 import b32encode, urlsafe_b64encode
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

MARK = "fernet:"  # what was kept before there was this module is without, and as it is

logger = logging.getLogger(__name__)


def hide(text):
    return MARK + _keys().encrypt(text.encode()).decode()


def reveal(hidden):
    """Return the secret; where its key is gone one that nobody knows, so that no code is right."""
    if not hidden.startswith(MARK):
        return hidden
    try:
        return _keys().decrypt(hidden.removeprefix(MARK)).decode()
    except InvalidToken:
        logger.error("A second factor was kept with a key that SECRET_KEY_FALLBACKS lacks.")
        return b32encode(token_bytes(20)).decode()


def _keys():
    """The first one hides and each of them reveals: so the key can be changed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key):
    derived = salted_hmac("accounts.secrecy", "key", secret=key, algorithm="sha256")
    return urlsafe_b64encode(derived.digest())
