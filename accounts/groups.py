"""The rights of network staff, granted anew after each migration."""

from django.apps import apps as global_apps
from django.db import DEFAULT_DB_ALIAS

NETWORK_STAFF = "Network staff"

CURATE = ["view", "add", "change", "delete"]
RIGHTS = {
    # The list of provinces and regions is the ministry's; staff write their profiles.
    "regions.province": ["view", "change"],
    "regions.region": ["view", "change"],
    "regions.profiledraft": [*CURATE, "publish"],
    "regions.subsector": CURATE,
    "regions.regionsubsector": CURATE,
    "regions.recognition": CURATE,
    # A listing is archived, never deleted.
    "stakeholders.stakeholder": ["view", "add", "change", "publish", "confirm", "archive"],
    "stakeholders.stewardship": ["view", "add", "change"],
    "stakeholders.offering": CURATE,
    "stakeholders.merge": ["view", "add"],
    "stakeholders.likelyduplicate": ["view", "change"],
    "stakeholders.organizationtype": CURATE,
    "stakeholders.offeringcategory": CURATE,
    "stakeholders.searchterm": CURATE,
    "stakeholders.vainsearch": ["view"],
    "collaborations.goodpractice": [*CURATE, "publish"],
    "collaborations.adoption": CURATE,
    # Whose searches they are, nobody reads; on request staff delete them.
    "collaborations.savedsearch": ["view", "delete"],
    "collaborations.suggestion": [*CURATE, "decide"],
    # Accounts are switched off, never deleted; accounts/admin.py keeps power with superusers.
    "accounts.user": ["view", "add", "change"],
    "accounts.officerassignment": CURATE,
    "accounts.invitation": ["view", "add", "change"],
    # To take changes back; no page of the admin lets anybody write or rewrite one.
    "history.change": ["view", "undo"],
    "history.action": ["view"],
}
OTHER_RIGHTS = ["regions.edit_all"]


def rights_of_network_staff():
    """Return the rights as Django names them: "regions.view_province"."""
    named = [
        f"{app_label}.{action}_{model}"
        for app_label, model, actions in ((*m.split("."), a) for m, a in RIGHTS.items())
        for action in actions
    ]
    return {*named, *OTHER_RIGHTS}


def grant_network_staff(sender, apps=global_apps, using=DEFAULT_DB_ALIAS, **kwargs):
    """Give the group exactly its rights; where it has them already nothing is written."""
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:  # migrated back to before there were groups
        return
    wanted = rights_of_network_staff()
    candidates = permission_model.objects.using(using).select_related("content_type")
    granted = [p for p in candidates if f"{p.content_type.app_label}.{p.codename}" in wanted]
    group, _created = group_model.objects.using(using).get_or_create(name=NETWORK_STAFF)
    group.permissions.set(granted)
