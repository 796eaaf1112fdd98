"""Addresses of zones: always by their own id."""

from django.urls import path

from kiv.territory import views

app_name = "territory"
urlpatterns = [
    path("zones/", views.zone_list, name="zone_list"),
    path("zones/<int:zone_id>/", views.zone_detail, name="zone_detail"),
    path("zones/<int:zone_id>/edit/", views.zone_edit, name="zone_edit"),
]
