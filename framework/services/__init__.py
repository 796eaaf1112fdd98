"""Everything that changes an edition: one function per verb, atomic, with an audit event."""

from framework.services.correspondences import (
    CannotDecide,
    Saying,
    StaleCorrespondences,
    decide_sure_proposals,
    save_correspondences,
)
from framework.services.loading import LoadResult, Outcome, load_edition
from framework.services.publishing import CannotPublish, publish_edition

__all__ = [
    "CannotDecide",
    "CannotPublish",
    "LoadResult",
    "Outcome",
    "Saying",
    "StaleCorrespondences",
    "decide_sure_proposals",
    "load_edition",
    "publish_edition",
    "save_correspondences",
]
