"""Settings. What varies between deployments comes from the environment and fails loudly when it is missing."""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from mentoring.sealing.masters import Unusable, read_masters

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- What varies ---------------------------------------------------------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# What wraps the keys of confidential words: "2026:KEY", newest first, older ones after commas. Never in the database.
try:
    CONTENT_KEYS = read_masters(env.str("CONTENT_KEYS"), others=[SECRET_KEY, *SECRET_KEY_FALLBACKS])
except Unusable as reason:
    raise ImproperlyConfigured(str(reason))
# Locks the private keys of the organisations' seals away. Its own, long, and in no copy of the database.
SEAL_KEY = env.str(
    "SEAL_KEY", validate=[validate.Length(min=32), validate.NoneOf([SECRET_KEY, env.str("CONTENT_KEYS")])]
)
SEAL_KEY_FALLBACKS: list[str] = env.list("SEAL_KEY_FALLBACKS", [])
TIME_STAMP_URL = env.str("TIME_STAMP_URL", "")  # a time-stamp server (RFC 3161) that confirms when a seal was made
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)  # caught mail and the style guide have pages; staff may sign in without a second factor
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
# https://mentoring.example.org, without a slash at the end: links in e-mails start with it
BASE_URL = env.str("BASE_URL")
HTTPS = BASE_URL.startswith("https://")
SETUP_TOKEN = env.str(
    "SETUP_TOKEN", ""
)  # opens /setup/ on a new deployment; without it the server makes one and logs it
OPEN_SIGN_UP = env.bool("OPEN_SIGN_UP", False)  # may anyone create an organisation?
CAUGHT_MAIL = env.path(
    "CAUGHT_MAIL", BASE_DIR / ".state" / "mail"
)  # the demo's SMTP server keeps what is sent in this folder
MFA_REQUIRED = env.bool("MFA_REQUIRED", not DEMO)  # of organisation administrators and co-ordinators

# Web and workers connect as mentoring_app. `manage.py migrate` connects as mentoring_owner with MAINTENANCE=true.
MAINTENANCE = env.bool("MAINTENANCE", False)
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=env.int("CONN_MAX_AGE", 60))}
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | (
    {"options": "-c app.maintenance=on"} if MAINTENANCE else {}
)

CACHES = {"default": env.dj_cache_url("CACHE_URL")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"] |= {"BACKEND": "mentoring.cache.ForgivingCache", "OPTIONS": {"socket_timeout": 2}}
CELERY_BROKER_URL = env.str("BROKER_URL")
vars().update(env.dj_email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 30  # seconds; shorter than the outbox's lease
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Applications, lowest floor first -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",  # the templates that forms are drawn with
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "mentoring.accounts",
    "mentoring.organisations",
    "mentoring.sealing",
    "mentoring.audit",
    "mentoring.outbox",
    "mentoring.documents",
    "programmes",
    "programmes.needs",
    "programmes.plan",
    "programmes.recruitment",
    "programmes.training",
    "programmes.help",
    "programmes.network",
    "programmes.support",
    "matching",
    "matching.choosing",
    "contracts",
    "evaluation",
    "mentoring.demo",  # no tables: the caught mail and the sample data
]

# Triggers are derived from the models after every migration, as policies are (docs/decisions/0018).
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

# The seven steps in their order on the programme's home page; each names itself in its step.py.
STEPS = [
    "programmes.needs",
    "programmes.plan",
    "programmes.recruitment",
    "matching",
    "programmes.training",
    "programmes.support",
    "evaluation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mentoring.organisations.middleware.CleanInputMiddleware",
    "mentoring.organisations.middleware.TenantMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mentoring.accounts.middleware.PrivateMiddleware",
    "mentoring.accounts.middleware.OnceMiddleware",
    "mentoring.accounts.middleware.LocaleAndZoneMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentoring.organisations.context.page",
                "programmes.context.step_of_page",
                "programmes.context.way_to_help",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "mentoring.organisations.templatetags.alongside",
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = False
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Signing in ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "mentoring.accounts.adapter.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- Security ------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14  # seconds
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", True)
BEHIND_PROXY = env.bool(
    "BEHIND_PROXY", False
)  # a proxy that we trust says by which protocol and from where people come
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "mentoring.pages.forbidden"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = [
    "mentoring.documents.uploads.FingerprintingUploadHandler",
    "mentoring.organisations.uploads.BoundedUploadHandler",
]
MAX_UPLOAD_BYTES = 12_000_000

# --- Time, language, files, models ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "mentoring" / "locale"]  # our words for Django's and allauth's
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg"), ("gd", "Gàidhlig")]
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "j F Y"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATIC_BACKEND", "whitenoise.storage.CompressedManifestStaticFilesStorage"),
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / ".state" / "media")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Row history: triggers write what changed, with who did it, into append-only tables ---------------------------

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
# The actor is a transaction-local setting that tenancy writes (pghistory.context_metadata), kept in the event's own row.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

# --- Background work -----------------------------------------------------------------------------------------------

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500  # each document drawn leaves some memory behind, outside Python
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "ring the outbox": {"task": "mentoring.outbox.tasks.ring", "schedule": env.float("RING_EVERY", 60.0)},
    "forget request keys": {"task": "mentoring.organisations.tasks.forget_request_keys", "schedule": 3600.0},
    "erase old words": {"task": "programmes.support.tasks.sweep_words", "schedule": 86400.0},
    "delete old contracts": {"task": "contracts.tasks.sweep_contracts", "schedule": 86400.0},
    "end requests that ran out": {"task": "matching.choosing.tasks.sweep_choosing", "schedule": 600.0},
    "compute reminders": {"task": "mentoring.outbox.tasks.sweep", "schedule": env.float("SWEEP_EVERY", 900.0)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "weasyprint": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pgtrigger": {"level": "WARNING"},
    },
}
