"""The rights of network staff, granted anew after each migration."""

NETWORK_STAFF = "Network staff"


def grant_network_staff(sender, **kwargs):
    """Placeholder until the admin exists."""
