"""The lines of the history: for each event its forms, from full to bare.

Only the sentences. Which form is said, and what stands for the details: plans.history_sentences. A new event
gets its lines here (tested), its group in plans.selectors.history, and is told outside the zone only when
named there.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plans.edition_lines import EDITION_SENTENCES

SENTENCES: Mapping[str, tuple[Any, ...]] = {
    "plan.created": (
        _("The plan was started for %(cycle)s, checked against %(edition)s."),
        _("The plan was started."),
    ),
    "plan.imported": (
        _("A plan file was imported. Objectives: %(objectives)s; passages: %(passages)s."),
        _("A plan file was imported."),
    ),
    "plan.copied_forward": (
        _(
            "Copied from an earlier plan. Objectives: %(objectives)s; diagnosis entries: %(diagnoses)s; "
            "choices: %(decisions)s."
        ),
        _("Something was copied from an earlier plan."),
    ),
    "version.started": (
        _("Version %(number)s was started (%(version_kind)s)."),
        _("A new version was started."),
    ),
    "version.discarded": (
        _("Version %(number)s was removed before it was shared."),
        _("A version was removed before it was shared."),
    ),
    "version.shared": (
        _("Version %(number)s was shared for review."),
        _("A version was shared for review."),
    ),
    "version.reviewed": (
        _("The review of version %(number)s was finished; it changed the level of %(items)s."),
        _("The review of version %(number)s was finished."),
        _("A review was finished."),
    ),
    "version.review_reopened": (
        _("The review of version %(number)s was taken up again."),
        _("A review was taken up again."),
    ),
    "reading.opened": (_("A review of version %(number)s was begun."), _("A review was begun.")),
    "reading.consensus_opened": (
        _("Two readings of version %(number)s were compared, to settle where they differ."),
        _("Two readings were compared, to settle where they differ."),
    ),
    "reading.asked": (
        _("A second, blind reading of version %(number)s was asked."),
        _("A second, blind reading was asked."),
    ),
    "reading.withdrawn": (
        _("The second reading of version %(number)s was withdrawn."),
        _("A second reading was withdrawn."),
    ),
    "reading.completed": (
        _("A reading of version %(number)s was completed."),
        _("A reading was completed."),
    ),
    "item.reviewed": (
        _("In the review of version %(number)s was read: %(items)s."),
        _("An item was read in a review."),
    ),
    "item.reopened": (
        _("In the review of version %(number)s was taken back: %(items)s."),
        _("An item was opened again in a review."),
    ),
    "remark.written": (
        _("Remark %(remark)s was written, about %(item)s."),
        _("Remark %(remark)s was written."),
        _("A remark was written."),
    ),
    "remark.answered": (
        _("Remark %(remark)s was answered, about %(item)s."),
        _("Remark %(remark)s was answered."),
        _("A remark was answered."),
    ),
    "remark.replied": (
        _("The reviewer went on about remark %(remark)s, on %(item)s."),
        _("The reviewer went on about remark %(remark)s."),
        _("The reviewer went on about a remark."),
    ),
    "remark.closed": (
        _("Remark %(remark)s was closed, about %(item)s."),
        _("Remark %(remark)s was closed."),
        _("A remark was closed."),
    ),
    "example.offered": (
        _("Offered to other zones as a good example: %(item)s of version %(number)s."),
        _("An item was offered to other zones as a good example."),
    ),
    "example.withdrawn": (
        _("No longer offered to other zones as a good example: %(item)s."),
        _("An item is no longer offered to other zones as a good example."),
    ),
    "step.recorded": (
        _("A formal step was recorded: %(step)s on %(dated)s."),
        _("A formal step was recorded."),
    ),
    "step.removed": (
        _("A formal step was taken off the record: %(step)s on %(dated)s."),
        _("A formal step was taken off the record."),
    ),
    "assessment.rescored": (
        _("The scores were computed again; they changed for %(items)s."),
        _("The scores were computed again."),
    ),
    "assessment.carried_over": (
        _("The plan was carried over from %(source)s to %(edition)s."),
        _("The plan was carried over to another edition."),
    ),
    "assessment.looked_at": (
        _("%(item)s was looked at under %(edition)s."),
        _("An item was looked at under another edition."),
    ),
    "assessment.carrying_finished": (
        _("Looking at the plan under %(edition)s was finished."),
        _("Looking at the plan under another edition was finished."),
    ),
    "objective.added": (
        _("Objective %(number)s was added; it names %(items)s."),
        _("Objective %(number)s was added."),
        _("An objective was added; it names %(items)s."),
        _("An objective was added."),
    ),
    "objective.changed": (
        _("Objective %(number)s was changed: %(fields)s. It names %(items)s."),
        _("Objective %(number)s was changed: %(fields)s."),
        _("Objective %(number)s was changed. It names %(items)s."),
        _("Objective %(number)s was changed."),
        _("An objective was changed: %(fields)s. It names %(items)s."),
        _("An objective was changed: %(fields)s."),
        _("An objective was changed. It names %(items)s."),
        _("An objective was changed."),
    ),
    "objective.removed": (
        _("Objective %(number)s was removed."),
        _("An objective was removed, with what hung on it."),
    ),
    "action.added": (_("An action was added; it names %(items)s."), _("An action was added.")),
    "action.changed": (
        _("An action was changed: %(fields)s. It names %(items)s."),
        _("An action was changed: %(fields)s."),
        _("An action was changed. It names %(items)s."),
        _("An action was changed."),
    ),
    "action.removed": (_("An action was removed."),),
    "indicator.added": (_("An indicator was added; it names %(items)s."), _("An indicator was added.")),
    "indicator.changed": (
        _("An indicator was changed: %(fields)s. It names %(items)s."),
        _("An indicator was changed: %(fields)s."),
        _("An indicator was changed. It names %(items)s."),
        _("An indicator was changed."),
    ),
    "indicator.removed": (_("An indicator was removed."),),
    "diagnosis.added": (
        _("A diagnosis entry was added; it names %(items)s."),
        _("A diagnosis entry was added."),
    ),
    "diagnosis.changed": (
        _("A diagnosis entry was changed: %(fields)s. It names %(items)s."),
        _("A diagnosis entry was changed: %(fields)s."),
        _("A diagnosis entry was changed. It names %(items)s."),
        _("A diagnosis entry was changed."),
    ),
    "diagnosis.removed": (_("A diagnosis entry was removed."),),
    "choices.saved": (
        _("Choices were saved: %(choices)s."),
        _("Choices were saved for %(decided)s."),
        _("Choices were saved."),
    ),
    "assignment.set": (
        _("Assigned to %(somebody)s: %(items)s."),
        _("Assigned to a colleague: %(items)s."),
        _("Items were assigned to a colleague."),
    ),
    "assignment.cleared": (
        _("No longer assigned to anybody: %(items)s."),
        _("Items are no longer assigned to anybody."),
    ),
    "comment.added": (_("A comment was made about %(item)s."), _("A comment was made.")),
    "comment.removed": (
        _("A comment about %(item)s was removed by its writer."),
        _("A comment was removed by its writer."),
    ),
    "document.added": (
        _("Document %(number)s was added. Passages: %(passages)s."),
        _("Document %(number)s was added."),
        _("A document was added."),
    ),
    "document.replaced": (
        _(
            "A new file took the place of document %(number)s. "
            "Passages kept: %(kept)s; new: %(added)s; gone: %(gone)s."
        ),
        _("A new file took the place of document %(number)s."),
        _("A new file took the place of a document."),
    ),
    "document.changed": (
        _("What is said of document %(number)s was changed."),
        _("What is said of a document was changed."),
    ),
    "document.removed": (_("Document %(number)s was removed."), _("A document was removed.")),
    "passage.accepted": (
        _("A passage of document %(document)s, suggested for %(moved_from)s, was accepted for %(item)s."),
        _("A passage of document %(document)s was accepted for %(item)s."),
        _("A passage was accepted."),
    ),
    "passage.rejected": (
        _("A passage of document %(document)s was judged not to be about %(item)s."),
        _("A passage was judged not to be about an item."),
    ),
    "passage.set_aside": (
        _("A passage of document %(document)s was set aside for %(item)s."),
        _("A passage was set aside."),
    ),
    "passage.entered": (
        _("A passage of document %(document)s was entered in the plan, for %(item)s."),
        _("A passage was entered in the plan."),
    ),
    "passage.reopened": (
        _("The decision on a passage of document %(document)s for %(item)s was taken back."),
        _("A decision on a passage was taken back."),
    ),
    "passage.removed": (
        _("An accepted passage was removed from %(item)s."),
        _("An accepted passage was removed."),
    ),
    "passage.changed": (_("The language or confidentiality of a passage was corrected."),),
    "person.added": (_("An account was added for %(somebody)s."), _("An account was added.")),
    "person.deactivated": (_("The account of %(somebody)s was closed."), _("An account was closed.")),
    "person.activated": (
        _("The account of %(somebody)s was opened again."),
        _("An account was opened again."),
    ),
    "person.link_issued": (
        _("A link to set a password was made for %(somebody)s."),
        _("A link to set a password was made."),
    ),
    "person.password_set": (_("The password of %(somebody)s was set."), _("A password was set.")),
    "person.erased": (_("A person was erased."),),
    "person.notices_chosen": (
        _("%(somebody)s chose which notices to receive."),
        _("Somebody chose which notices to receive."),
    ),
    "membership.added": (_("Role given to %(somebody)s: %(role)s."), _("A role was given.")),
    "membership.removed": (_("Role taken from %(somebody)s: %(role)s."), _("A role was taken away.")),
    "token.issued": (
        _("An API token was made by %(somebody)s; days it works: %(days)s."),
        _("An API token was made."),
    ),
    "token.revoked": (_("An API token of %(somebody)s was withdrawn."), _("An API token was withdrawn.")),
    "zone.changed": (_("The zone was completed: %(fields)s."), _("The zone was completed.")),
    "zones.loaded": (
        _("Zones and areas were loaded. New: %(added)s; changed: %(changed)s."),
        _("Zones and areas were loaded."),
    ),
    "cycle.added": (_("Cycle %(name)s was added."), _("A cycle was added.")),
    "cycle.deadline_added": (
        _("A deadline of cycle %(name)s was added, on %(dated)s."),
        _("A deadline was added."),
    ),
    "cycle.deadline_changed": (
        _("A deadline of cycle %(name)s was changed; it is on %(dated)s."),
        _("A deadline was changed."),
    ),
    "cycle.deadline_removed": (
        _("The deadline of cycle %(name)s on %(dated)s was removed."),
        _("A deadline was removed."),
    ),
    "demo.loaded": (_("The demonstration was loaded."),),
} | EDITION_SENTENCES
