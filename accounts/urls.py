"""Signing in and what belongs to it; views and names without a namespace are allauth's."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import invitation_views, views

reset = [
    path("", account.password_reset, name="account_reset_password"),
    path("terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
keys = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("baru/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("masuk/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("pastikan/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/nama/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("<int:pk>/hapus/", views.remove_passkey, name="mfa_remove_webauthn"),
]
security = [
    path("", factor.index, name="mfa_index"),
    path("masuk/", factor.authenticate, name="mfa_authenticate"),
    path("pastikan/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("aplikasi/hapus/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("kode/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("kode/baru/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kunci/", include(keys)),
]
urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", views.signup, name="account_signup"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("surel/", views.email_change, name="account_email"),
    path("surel/<token>/", views.email_confirm, name="account_email_confirm"),
    path("sandi/", account.password_change, name="account_change_password"),
    path("sandi/buat/", account.password_set, name="account_set_password"),
    path("lupa-sandi/", include(reset)),
    path("undangan/<token>/", invitation_views.invitation, name="invitation"),
    path("keamanan/", include(security)),
    path("sesi/", sessions.list_usersessions, name="usersessions_list"),
]
