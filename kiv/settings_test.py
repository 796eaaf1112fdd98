"""Settings of the test run: the product's own, with fast hashing and plain static files."""

import os

os.environ.setdefault("KIV_SECRET_KEY", "only-for-tests-" + "x" * 50)

from kiv.settings import *  # noqa: F403
from kiv.settings import STORAGES, TEMPLATES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Manifest storage answers 404 under a test server that has collected nothing.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SITE_URL = "https://kiv.example.be"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
# An undefined template variable is a mistake of ours: tests/strict.py looks for this text in every answer.
UNDEFINED_VARIABLE = "UNDEFINED:%s"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UNDEFINED_VARIABLE
