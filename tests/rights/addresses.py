"""The addresses of the site as its URL conf names them, and those of the world of these tests."""

from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from collaborations.models.suggestion import statuses
from stakeholders.forms import ListingForm
from stakeholders.merging import Pair
from stakeholders.models import Stakeholder
from stakeholders.shortlist import codes_of
from tests.listings import posted
from tests.transfers.tools import csv_file
from workspace.proposal_forms import CorrectionForm, content_of_suggestion

MODEL_PAGES = ["changelist", "add", "change", "delete", "history"]
PAGES_OF_A_ROW = {"change", "delete", "history"}
OF_A_LISTING = [
    *("stakeholders:stakeholder", "collaborations:suggest_correction", "collaborations:claim"),
    *("collaborations:claimed", "collaborations:inquire", "collaborations:inquiry_sent"),
]
OF_A_REGION = [
    *("regions:region", "regions:region_preview", "stakeholders:evidence_sheet"),
    *("workspace:region", "workspace:region_settings"),
]
LISTING_ACTS = [
    *("draft", "preview", "confirm", "publish", "archive", "restore", "duplicate", "move"),
    *("history", "stewards"),
]
DRAFT_ACTS = ["preview", "continue", "discard"]
WITHOUT_IMPORT = {
    f"transfers:{name}"
    for name in ["imports", "template_csv", "template_xlsx", "exports", "export_csv", "export_xlsx"]
}
QUERIES = {
    "admin:autocomplete": "?app_label=accounts&model_name=officerassignment&field_name=region"
}

NAMELESS = {  # what is asked for by its path alone
    "admin/login/": "/admin/login/",
    "admin/password_change/": "/admin/password_change/",
    "robots.txt": "/robots.txt",
    "favicon.ico": "/favicon.ico",
}


def names(resolver=None, namespace=""):
    """Yield the name of each address, the route of one that has none; the admin's catch-alls out.

    They lead from `…/5/` to `…/5/change/`.
    """
    for pattern in (resolver or get_resolver("iccn_network.urls")).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern, namespace + inner)
        elif pattern.name:
            yield namespace + pattern.name
        elif not namespace:
            yield str(pattern.pattern)


def page_of_model(model, page):
    """The address of a page that the admin has for each model, of some row where it is one's."""
    args = [model._default_manager.first().pk] if page in PAGES_OF_A_ROW else []
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def address_of(name, args):
    return NAMELESS.get(name) or reverse(name, args=args)


class Visits:
    """Where each row of the matrix leads in a place of this world, and what is sent there."""

    def __init__(self, world, place=None):
        self.world, self.place = world, place or world.home
        self.arguments = {**self.public(), **self.tokens(), **self.accounts(), **self.admin()}
        self.arguments |= {**self.listings(), **self.unpublished(), **self.people()}
        self.bodies = {**self.letters_sent(), **self.forms_sent(), **self.answers_sent()}

    def address(self, row):
        name = row.partition("(")[0]
        if ":" in name and name.startswith("transfers:") and name not in WITHOUT_IMPORT:
            return reverse(name, args=[self.place.imported.pk])
        return address_of(name, self.arguments.get(row, [])) + QUERIES.get(name, self.query(name))

    def query(self, name):
        if name != "admin:stakeholders_stakeholder_merge":
            return ""
        return f"?kept={self.place.listing.pk}&merged={self.world.away.listing.pk}"

    def body(self, row):
        body = self.bodies.get(row, self.bodies.get(row.partition("(")[0], {}))
        return body() if callable(body) else body

    def public(self):
        p, w = self.place, self.world
        slugs = {name: [p.listing.slug] for name in OF_A_LISTING}
        drafts = {f"{name}(draft)": [p.draft.slug] for name in OF_A_LISTING}
        regions = {name: [p.region.slug] for name in OF_A_REGION}
        return {
            **slugs,
            **drafts,
            **regions,
            "regions:province": [p.region.province.slug],
            "regions:subsector": [p.subsector.slug],
            "collaborations:practice": [w.practice.slug],
        }

    def tokens(self):
        p = self.place
        return {
            "collaborations:suggestion_status": [statuses.token_for(p.suggestion.pk)],
            "collaborations:claim_consent": [p.claim.consent_token],
            "collaborations:steward_accept": [p.steward_invitation.token],
            "collaborations:inquiry_answer": [p.inquiry.answer_token],
            "collaborations:inquiry_state": [p.inquiry.state_token],
            "collaborations:subscription_confirm": [p.search.token],
            "collaborations:subscription": [p.followed.subscriber.token],
            "collaborations:subscription_stop": [p.followed.subscriber.token],
            "upkeep:mails": [p.contact.token],
            "upkeep:link": [p.link.token],
            "upkeep:correct": [p.link.token],
            "invitation": [p.invitation.token],
        }

    def accounts(self):
        p = self.place
        key = default_token_generator.make_token(p.officer)
        return {
            "account_email_confirm": [p.email_change.token],
            "account_reset_password_from_key": [user_pk_to_url_str(p.officer), key],
            "mfa_edit_webauthn": [p.passkey.pk],
            "mfa_remove_webauthn": [p.passkey.pk],
        }

    def admin(self):
        p = self.place
        listing = ContentType.objects.get_for_model(Stakeholder)
        return {
            "admin:app_list": ["regions"],
            "admin:view_on_site": [listing.pk, p.listing.pk],
            "admin:auth_user_password_change": [p.officer.pk],
            "admin:regions_profiledraft_preview": [p.region.profile_draft.pk],
        }

    def listings(self):
        """Those of the workspace, where a listing goes by its number."""
        p = self.place
        shown = {"": p.listing, "(draft)": p.draft, "(archived)": p.archived}
        shown["(pending)"] = p.pending
        return {
            f"workspace:{name}{variant}": [listing.pk]
            for name in [
                "listing",
                "link",
                "propose_merge",
                *(f"listing_{act}" for act in LISTING_ACTS),
            ]
            for variant, listing in shown.items()
            if (name, variant) != ("listing_draft", "")
        } | {"workspace:listing_draft": [p.listing.pk]}

    def unpublished(self):
        p = self.place
        drafts = {f"workspace:draft_{act}": [p.new_draft.key] for act in DRAFT_ACTS}
        reviews = ["review", "review_approve", "review_send_back", "review_withdraw"]
        proposals = ["proposal", "proposal_accept", "proposal_decline"]
        return {
            **drafts,
            **{f"workspace:{name}": [p.change.pk] for name in reviews},
            **{f"workspace:{name}": [p.suggestion.pk] for name in proposals},
            "workspace:correction_take": [p.correction.pk],
            "workspace:inquiry": [p.inquiry.pk],
            "workspace:change": [p.key],
        }

    def people(self):
        p = self.place
        return {
            "workspace:claim": [p.claim.pk],
            "workspace:invitation_resend": [p.steward_invitation.pk],
            "workspace:invitation_withdraw": [p.steward_invitation.pk],
            "workspace:stewardship_end": [p.stewardship.pk],
            "workspace:resign": [p.stewardship.pk],
            "workspace:hand_over": [p.assignment.pk],
            "workspace:assignment_end": [p.deputy.pk],
            "workspace:officer_invitation_resend": [p.invitation.pk],
            "workspace:officer_invitation_withdraw": [p.invitation.pk],
        }

    def letters_sent(self):
        """What visitors send."""
        account = {"nama": "Ayu", "sandi": "sebuah kalimat sandi panjang"}
        message = {"nama": "Ayu", "surel": "ayu@contoh.id", "perihal": "venue", "pesan": "Halo"}
        return {
            "stakeholders:shortlist": {"tambah": codes_of([self.place.listing.pk])},
            "collaborations:claim_consent": {"setuju": "1"},
            "collaborations:steward_accept": account,
            "collaborations:inquire": message,
            "collaborations:inquiry_answer": {"tindakan": "dijawab"},
            "collaborations:inquiry_state": {"tindakan": "tarik"},
            "collaborations:subscribe": {"surel": "ayu@contoh.id", "irama": "weekly"},
            "collaborations:subscription": {"tindakan": "jeda"},
            "upkeep:link": {"jawaban": "benar"},
            "account_email": {"email": "baru@contoh.id", "password": "rahasia"},
            "invitation": account,
            "mfa_edit_webauthn": {"name": "Ponsel"},
        }

    def forms_sent(self):
        """What officers type."""
        p = self.place
        tomorrow = timezone.localdate() + timedelta(days=1)
        person = {"name": "Budi", "email": "budi@contoh.id", "language": "id"}
        invited = {**person, "starts_on": tomorrow}
        kind = {"organization_type": p.kind.pk, "region": p.region.pk}
        new = posted(ListingForm(user=p.officer), name="Sanggar Baru", **strings(kind))
        proposed = ListingForm(user=p.officer, content=content_of_suggestion(p.suggestion))
        return {
            "workspace:region_settings": {"review": "all"},
            "workspace:bulk": {"aksi": "konfirmasi", "mitra": [p.listing.pk]},
            "workspace:listing_create": new,
            "workspace:new_draft": {"kunci": p.new_draft.key, "name": "Sanggar"},
            "workspace:listing": self.edited(p.listing),
            "workspace:listing(draft)": self.edited(p.draft),
            "workspace:listing_draft": self.edited(p.listing),
            "workspace:listing_move": {"region": self.world.sibling.pk},
            "workspace:listing_stewards": {"surel": "budi@contoh.id"},
            "workspace:proposal_accept": posted(proposed, tetap="1", **strings(kind)),
            "workspace:invite": {**invited, "scope": f"region-{p.region.code}"},
            "workspace:hand_over": {**invited, "last_day": tomorrow},
            "workspace:mail": {"irama": "weekly"},
            "transfers:imports": upload,
            "transfers:columns": {f"kolom-{n}": key for n, key in enumerate(p.imported.columns)},
        }

    def edited(self, listing):
        shown = ListingForm(user=self.place.officer, instance=listing)
        return posted(shown, summary="Ditulis ulang", tetap="1")

    def answers_sent(self):
        """What officers decide."""
        p = self.place
        shown = CorrectionForm(suggestion=p.correction)
        return {
            "workspace:review_send_back": {"reason": "Belum jelas"},
            "workspace:proposal_decline": {"jawaban": "Sudah ada"},
            "workspace:correction_take": {"ambil": ["summary"], "dasar": shown["dasar"].value()},
            "workspace:claim": {"setuju": "1"},
            "workspace:inquiry": {"tindakan": "dijawab"},
            "admin:stakeholders_stakeholder_merge": self.merge,
        }

    def merge(self):
        pair = Pair(kept=self.place.listing, merged=self.world.away.listing)
        return {name: pair.default(name) for name in pair.differing}


def strings(values):
    return {name: str(value) for name, value in values.items()}


def upload():
    return {"berkas": SimpleUploadedFile("mitra.csv", csv_file("Sanggar,,,"))}
