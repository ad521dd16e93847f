"""Links in letters: whoever has one may do what it is for, so only its reader may know it."""

from django.core import signing


class Links:
    """One kind of link: makes the tokens in their addresses, and reads them.

    `lifetime` is how long they work, for ever without it.
    """

    def __init__(self, salt, lifetime=None):
        # The separator is no sign that mail programs break a link at.
        self._signer = signing.TimestampSigner(salt=salt, sep=".")
        self._lifetime = lifetime

    def token_for(self, value):
        return self._signer.sign_object(value)

    def value_in(self, token):
        """Return what a token carries; None if it is not ours, or too old."""
        try:
            return self._signer.unsign_object(token, max_age=self._lifetime)
        except signing.BadSignature:
            return None
