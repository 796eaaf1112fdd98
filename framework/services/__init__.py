"""Everything that changes an edition: one function per verb, atomic, with an audit event."""

from framework.services.correspondences import (
    CannotDecide,
    Saying,
    StaleCorrespondences,
    decide_sure_proposals,
    save_correspondences,
)
from framework.services.loading import LoadResult, Outcome, load_edition
from framework.services.publishing import (
    CannotPublish,
    archive_edition,
    ask_publication,
    confirm_publication,
    delete_draft,
    publish_edition,
    restore_edition,
)
from framework.services.requests import withdraw_publication

__all__ = [
    "CannotDecide",
    "CannotPublish",
    "LoadResult",
    "Outcome",
    "Saying",
    "StaleCorrespondences",
    "archive_edition",
    "ask_publication",
    "confirm_publication",
    "decide_sure_proposals",
    "delete_draft",
    "load_edition",
    "publish_edition",
    "restore_edition",
    "save_correspondences",
    "withdraw_publication",
]
