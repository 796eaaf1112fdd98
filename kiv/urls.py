"""Composition of the site's addresses."""

from django.conf import settings
from django.urls import include, path

from framework.views.public import home
from kiv import views

urlpatterns = [
    path("", home, name="home"),
    path("start/", views.start, name="start"),
    path("health/", views.health, name="health"),
    path("", include("framework.urls")),
    path("", include("plans.urls")),
    path("", include("kiv.accounts.urls")),
    path("", include("kiv.territory.urls")),
    path("api/", include("kiv.api.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", views.gallery, name="gallery"))
