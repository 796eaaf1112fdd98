"""Addresses of plans. Plans are addressed by id; items by their code within the plan's edition."""

from django.urls import path

from plans.views import check, choices, entries, files, plans, sharing

app_name = "plans"

urlpatterns = [
    path("plans/", plans.plan_list, name="list"),
    path("plans/new/", plans.plan_create, name="create"),
    path("plans/<int:plan_id>/", check.check_page, name="check"),
    path("plans/<int:plan_id>/items/<str:code>/", check.item_page, name="item"),
    path("plans/<int:plan_id>/objectives/", entries.objective_list, name="objectives"),
    path("plans/<int:plan_id>/objectives/new/", entries.objective_add, name="objective_add"),
    path(
        "plans/<int:plan_id>/objectives/<int:objective_id>/<str:kind>/new/",
        entries.part_add,
        name="part_add",
    ),
    path("plans/<int:plan_id>/diagnosis/new/", entries.diagnosis_add, name="diagnosis_add"),
    path("plans/<int:plan_id>/<str:kind>/<int:entry_id>/", entries.entry_change, name="entry_change"),
    path("plans/<int:plan_id>/<str:kind>/<int:entry_id>/remove/", entries.entry_remove, name="entry_remove"),
    path("plans/<int:plan_id>/choices/", choices.choice_table, name="choices"),
    path("plans/<int:plan_id>/choices/confirm/", choices.proposals_confirm, name="proposals_confirm"),
    path("plans/<int:plan_id>/share/", sharing.version_share, name="share"),
    path("plans/<int:plan_id>/import/", files.plan_import, name="import"),
    path("plans/<int:plan_id>/export.<str:format>", files.plan_export, name="export"),
]
