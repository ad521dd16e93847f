from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")

    def ready(self):
        from accounts.groups import grant_network_staff
        from accounts.second_factor import begin_grace

        post_migrate.connect(grant_network_staff, sender=self)
        user_logged_in.connect(begin_grace)
