"""WSGI entrance for production: `gunicorn kiv.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiv.settings")
application = get_wsgi_application()
