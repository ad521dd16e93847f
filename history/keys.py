"""Keys of rows as they come in addresses and forms."""

LONGEST_KEY = 18  # digits; Python refuses to read thousands of them


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
