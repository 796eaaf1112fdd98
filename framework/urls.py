"""Addresses of the framework's pages. The front page (`home`) is routed by kiv.urls."""

from django.urls import path

from framework import comparison_views, views

app_name = "framework"
urlpatterns = [
    path("framework/<slug:edition_code>.json", views.edition_as_file, name="edition_json"),
    path("framework/<slug:edition_code>/", views.edition, name="edition"),
    path("framework/<slug:edition_code>/<str:item_code>/", views.item, name="item"),
    path("editions/<slug:edition_code>/compare/<slug:other_code>/", comparison_views.compare, name="compare"),
    path(
        "editions/<slug:edition_code>/correspondences/",
        comparison_views.correspondences,
        name="correspondences",
    ),
    path(
        "editions/<slug:edition_code>/correspondences/decide/",
        comparison_views.decide_sure,
        name="correspondences_decide",
    ),
    path("editions/", views.edition_list, name="edition_list"),
]
