"""The one settings file: driven by the environment, safe when nothing is said.

Variables (see .env.example): KIV_SECRET_KEY, KIV_HOSTS, KIV_ORIGINS, KIV_URL, DATABASE_URL, KIV_DEMO,
KIV_DEBUG, KIV_DATA_DIR, KIV_BEHIND_PROXY, KIV_EMAIL_HOST, KIV_EMAIL_FROM, KIV_DIGEST_HOUR. Without
KIV_SECRET_KEY nothing starts; without KIV_URL no mail is sent (kiv/checks.py).
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kiv.env import read_environment

env = read_environment()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("KIV_DATA_DIR", str(BASE_DIR / "var")))

DEBUG = env.flag("KIV_DEBUG")
# The demonstration: fictional plans, public demo accounts, plain http on this machine only.
DEMO = env.flag("KIV_DEMO")
SECRET_KEY = env.required("KIV_SECRET_KEY", "set a long random text; `python3 run.py` makes one for the demo")
ALLOWED_HOSTS = env.words("KIV_HOSTS", "localhost,127.0.0.1" if DEMO or DEBUG else "")
CSRF_TRUSTED_ORIGINS = env.words("KIV_ORIGINS")
# Where people reach the site: links in mails begin with it. A request is not asked: anybody writes its Host.
LOCAL_URL = f"http://127.0.0.1:{env.text('PORT', '8000')}"
SITE_URL = env.text("KIV_URL", LOCAL_URL if DEMO or DEBUG else "").rstrip("/")

INSTALLED_APPS = [
    "kiv.audit",
    "kiv.territory",
    "kiv.accounts",
    "framework",
    "plans",
    "kiv",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "crispy_forms",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kiv.http.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kiv.accounts.middleware.KeepInputMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "plans.middleware.KeepVersionMiddleware",
]

ROOT_URLCONF = "kiv.urls"
WSGI_APPLICATION = "kiv.wsgi.application"
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
                "kiv.http.site_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kiv.templatetags.kiv_ui",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'kiv.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Django's defaults lose writes when several processes write at once: take the write lock at BEGIN.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Storing a large document holds the lock for a second or two, on a slow disk for more: others wait
        # that long rather than being refused.
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all workers, so that sign-in limits hold whatever process answers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kiv_cache",
        # With the default of 300, three hundred guesses would push out the record of the first ones.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
# Refuses the public demo accounts outside the demonstration.
AUTHENTICATION_BACKENDS = ["kiv.accounts.demo.AccountBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("de", _("German")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "kiv_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
FORMAT_MODULE_PATH = ["kiv.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "documents"

# Every input is bounded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# The files of one request together: a document (plans.extraction.Limits) and something to spare.
UPLOAD_MAX_BYTES = 41 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "kiv.uploading.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "kiv"
CRISPY_TEMPLATE_PACK = "kiv"
CRISPY_FAIL_SILENTLY = False

# Consumed messages must not write the session on a GET.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

IS_LOCAL_HTTP = DEBUG or DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not IS_LOCAL_HTTP
SESSION_COOKIE_NAME = "kiv_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kiv.accounts.views.csrf_refused"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = not IS_LOCAL_HTTP
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 0 if IS_LOCAL_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL_HTTP
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("KIV_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

EMAIL_BACKEND = "django.core.mail.backends." + ("console" if IS_LOCAL_HTTP else "smtp") + ".EmailBackend"
EMAIL_HOST = env.text("KIV_EMAIL_HOST", "localhost")
# Shorter than SQLite's timeout above: sending a mail holds the write lock.
EMAIL_TIMEOUT = 10
# The daily mail is made from this hour on, in TIME_ZONE.
DIGEST_HOUR = env.number("KIV_DIGEST_HOUR", 7, at_most=23)
DEFAULT_FROM_EMAIL = env.text("KIV_EMAIL_FROM", "kiv-toets@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"kiv": {"level": "INFO"}},
}
