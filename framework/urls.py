"""Addresses of the framework's pages. The front page (`home`) is routed by kiv.urls."""

from django.urls import path

from framework import views

app_name = "framework"
urlpatterns = [
    path("framework/<slug:edition_code>.json", views.edition_as_file, name="edition_json"),
    path("framework/<slug:edition_code>/", views.edition, name="edition"),
    path("framework/<slug:edition_code>/<str:item_code>/", views.item, name="item"),
    path("editions/", views.edition_list, name="edition_list"),
]
