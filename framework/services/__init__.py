"""Everything that changes an edition: one function per verb, atomic, with an audit event."""

from framework.services.loading import LoadResult, Outcome, load_edition
from framework.services.publishing import CannotPublish, publish_edition

__all__ = ["CannotPublish", "LoadResult", "Outcome", "load_edition", "publish_edition"]
