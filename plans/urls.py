"""Addresses of plans. Plans are addressed by id; items by their code within the plan's edition."""

from django.urls import path

from plans.views import (
    assignments,
    chapters,
    check,
    check_files,
    choices,
    comments,
    comparing,
    copying,
    coverage_exports,
    coverage_map,
    decisions,
    documents,
    entries,
    files,
    history,
    passages,
    plans,
    quality,
    reading,
    sharing,
    uploads,
    versions,
)

app_name = "plans"

urlpatterns = [
    path("plans/", plans.plan_list, name="list"),
    path("plans/new/", plans.plan_create, name="create"),
    path("plans/<int:plan_id>/", check.check_page, name="check"),
    path("plans/<int:plan_id>/items/<str:code>/", check.item_page, name="item"),
    path(
        "plans/<int:plan_id>/items/<str:code>/comments/", comments.item_comment_add, name="item_comment_add"
    ),
    path("plans/<int:plan_id>/comments/", comments.comment_add, name="comment_add"),
    path(
        "plans/<int:plan_id>/comments/<int:comment_id>/remove/",
        comments.comment_remove,
        name="comment_remove",
    ),
    path("plans/<int:plan_id>/objectives/", entries.objective_list, name="objectives"),
    path("plans/<int:plan_id>/objectives/new/", entries.objective_add, name="objective_add"),
    path(
        "plans/<int:plan_id>/objectives/<int:objective_id>/<str:kind>/new/",
        entries.part_add,
        name="part_add",
    ),
    path("plans/<int:plan_id>/documents/", documents.document_list, name="documents"),
    path("plans/<int:plan_id>/documents/new/", uploads.document_add, name="document_add"),
    path("plans/<int:plan_id>/documents/<int:number>/", reading.reading_page, name="reading"),
    path("plans/<int:plan_id>/documents/<int:number>/undo/", decisions.decision_undo, name="decision_undo"),
    path("plans/<int:plan_id>/documents/<int:number>/text/", passages.document_text, name="document_text"),
    path(
        "plans/<int:plan_id>/documents/<int:number>/edit/", documents.document_change, name="document_change"
    ),
    path(
        "plans/<int:plan_id>/documents/<int:number>/replace/",
        uploads.document_replace,
        name="document_replace",
    ),
    path(
        "plans/<int:plan_id>/documents/<int:number>/remove/",
        documents.document_remove,
        name="document_remove",
    ),
    path(
        "plans/<int:plan_id>/documents/<int:number>/original/",
        documents.document_download,
        name="document_download",
    ),
    path(
        "plans/<int:plan_id>/documents/<int:number>/passages/<int:passage_id>/",
        passages.passage_page,
        name="passage",
    ),
    path(
        "plans/<int:plan_id>/documents/<int:number>/passages/<int:passage_id>/decide/",
        decisions.passage_decide,
        name="passage_decide",
    ),
    path(
        "plans/<int:plan_id>/evidence/<int:evidence_id>/remove/",
        documents.evidence_remove,
        name="evidence_remove",
    ),
    path("plans/<int:plan_id>/diagnosis/new/", entries.diagnosis_add, name="diagnosis_add"),
    path("plans/<int:plan_id>/<str:kind>/<int:entry_id>/", entries.entry_change, name="entry_change"),
    path("plans/<int:plan_id>/<str:kind>/<int:entry_id>/remove/", entries.entry_remove, name="entry_remove"),
    path("plans/<int:plan_id>/choices/", choices.choice_table, name="choices"),
    path("plans/<int:plan_id>/choices/confirm/", choices.proposals_confirm, name="proposals_confirm"),
    path("plans/<int:plan_id>/assignments/", assignments.assignment_table, name="assignments"),
    path("plans/<int:plan_id>/versions/", versions.version_list, name="versions"),
    path("plans/<int:plan_id>/versions/new/", versions.version_start, name="version_start"),
    path("plans/<int:plan_id>/versions/compare/", comparing.version_compare, name="version_compare"),
    path("plans/<int:plan_id>/versions/discard/", versions.version_discard, name="version_discard"),
    path("plans/<int:plan_id>/versions/<int:version>/steps/new/", versions.step_add, name="step_add"),
    path(
        "plans/<int:plan_id>/versions/<int:version>/steps/<int:step_id>/remove/",
        versions.step_remove,
        name="step_remove",
    ),
    path("plans/<int:plan_id>/share/", sharing.version_share, name="share"),
    path("plans/<int:plan_id>/copy/", copying.plan_copy, name="copy"),
    path("plans/<int:plan_id>/import/", files.plan_import, name="import"),
    path("plans/<int:plan_id>/chapters/", chapters.chapters_page, name="chapters"),
    path("plans/<int:plan_id>/chapters.<str:format>", chapters.chapters_file, name="chapters_file"),
    path("plans/<int:plan_id>/check.<str:format>", check_files.check_file, name="check_file"),
    path("plans/<int:plan_id>/export.<str:format>", files.plan_export, name="export"),
    path("plans/<int:plan_id>/history/", history.history, name="history"),
    path("plans/<int:plan_id>/history.csv", history.history_file, name="history_file"),
    path("coverage/map/", coverage_map.coverage_map, name="coverage_map"),
    path("coverage.<str:format>", coverage_exports.coverage_file, name="coverage_file"),
    path("history/", history.audit_list, name="audit_list"),
    path("suggestions/", quality.suggestion_quality, name="suggestion_quality"),
]
