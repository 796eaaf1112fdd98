"""The site's addresses with the gallery, which exists in DEBUG only."""

from django.urls import path

from kiv import views
from kiv.urls import urlpatterns as site_urlpatterns

urlpatterns = [*site_urlpatterns, path("components/", views.gallery, name="gallery")]
