"""Addresses of the framework's pages. The front page (`home`) is routed by kiv.urls."""

from django.urls import path

from framework import comparison_views
from framework.views import drafts, parts, public, publishing

#: After the code, as every page of one edition: no code can be taken for a word of another address.
EDIT = "editions/<slug:edition_code>/edit/"

app_name = "framework"
urlpatterns = [
    path("framework/<slug:edition_code>.json", public.edition_as_file, name="edition_json"),
    path("framework/<slug:edition_code>.yaml", public.edition_as_yaml_file, name="edition_yaml"),
    path("framework/<slug:edition_code>/", public.edition, name="edition"),
    path(
        "framework/<slug:edition_code>/attachments/<int:attachment_id>/", public.attachment, name="attachment"
    ),
    path("framework/<slug:edition_code>/<str:item_code>/", public.item, name="item"),
    path("editions/", public.edition_list, name="edition_list"),
    path("editions/new/", drafts.edition_start, name="edition_start"),
    path("editions/new/file/", drafts.edition_upload, name="edition_upload"),
    path(EDIT, drafts.edition_edit, name="edition_edit"),
    path(f"{EDIT}missing/", drafts.missing, name="missing"),
    path(f"{EDIT}remove/", drafts.edition_delete, name="edition_delete"),
    path(f"{EDIT}facts/", parts.edition_facts, name="edition_facts"),
    path(f"{EDIT}publish/", publishing.edition_publish, name="edition_publish"),
    path(f"{EDIT}changes/", publishing.edition_changes, name="edition_changes"),
    path(f"{EDIT}erratum/<str:kind>/<int:part_id>/", publishing.erratum_add, name="erratum_add"),
    path(f"{EDIT}items/<int:item_id>/aspects/new/", parts.aspect_add, name="aspect_add"),
    path(f"{EDIT}attachments/<int:part_id>/file/", parts.attachment_give, name="attachment_give"),
    path(f"{EDIT}<str:kind>/new/", parts.part_add, name="part_add"),
    path(f"{EDIT}<str:kind>/<int:part_id>/", parts.part_change, name="part_change"),
    path(f"{EDIT}<str:kind>/<int:part_id>/move/", parts.part_move, name="part_move"),
    path(f"{EDIT}<str:kind>/<int:part_id>/remove/", parts.part_remove, name="part_remove"),
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
]
