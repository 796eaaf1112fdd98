"""The closed lists of the plans app, with the words shown for them.

The values of choices, reasons, links and elements are those of `plans.scoring`; this module adds what
the core cannot know: the words, translated. Tests hold the two together.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans import scoring


class PlanKind(models.TextChoices):
    ZONAL = "zonal", _("Zonal security plan")
    LOCAL = "local", _("Local security plan")


class VersionKind(models.TextChoices):
    PLAN = "plan", _("plan")
    ADDENDUM = "addendum", _("addendum")
    YEARLY = "yearly", _("yearly action plan")


class VersionStatus(models.TextChoices):
    PREPARATION = "preparation", _("in preparation")
    SHARED = "shared", _("shared for review")
    REVIEWED = "reviewed", _("reviewed")


class ReadingKind(models.TextChoices):
    """Readings of a review (SCORING section 5): the second is blind, consensus settles where they differ."""

    FIRST = "first", _("first reading")
    SECOND = "second", _("second reading")
    CONSENSUS = "consensus", _("consensus")


class MotivationVerdict(models.TextChoices):
    """What a reviewer says of a motivation."""

    NO_REMARK = "no_remark", _("no remark")
    CLARIFICATION = "clarification", _("clarification asked")


class RemarkKind(models.TextChoices):
    REMARK = "remark", _("remark")
    CLARIFICATION = "clarification", _("request for clarification")


class RemarkStatus(models.TextChoices):
    """Whose turn it is: the zone's, the reviewer's, nobody's."""

    OPEN = "open", pgettext_lazy("remark", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("remark", "answered")
    CLOSED = "closed", pgettext_lazy("remark", "closed")


class RemarkSide(models.TextChoices):
    REVIEWER = "reviewer", _("reviewer")
    ZONE = "zone", pgettext_lazy("remark", "zone")


class StepKind(models.TextChoices):
    """Formal steps of the procedure (DOMAIN): dated facts in any order."""

    ZONAL_COUNCIL = "zonal_council", _("approved by the zonal security council")
    SENT = "sent", _("sent to the governor and the ministers")
    MINISTERS = "ministers", _("approved by the ministers")
    POLICE_COUNCIL = "police_council", _("noted by the police council")
    MUNICIPAL_COUNCIL = "municipal_council", _("noted by a municipal council")


class DocumentKind(models.TextChoices):
    PLAN = "plan", _("plan")
    ANNEX = "annex", _("annex")
    ACTION_PLAN = "action_plan", _("action plan")
    ADDENDUM = "addendum", _("addendum")
    EVALUATION = "evaluation", _("evaluation")


class Verdict(models.TextChoices):
    """What a person decided about one item in one passage. Only `accepted` and `moved` make evidence."""

    OPEN = "open", pgettext_lazy("suggestion", "to decide")
    ACCEPTED = "accepted", pgettext_lazy("suggestion", "accepted")
    MOVED = "moved", pgettext_lazy("suggestion", "accepted for another item")
    ENTERED = "entered", pgettext_lazy("suggestion", "entered in the plan")
    REJECTED = "rejected", pgettext_lazy("suggestion", "not about this item")
    SET_ASIDE = "set_aside", pgettext_lazy("suggestion", "set aside")


class DiagnosisKind(models.TextChoices):
    FIGURE = "figure", _("objective picture")
    PERCEPTION = "perception", _("perception")
    MAYORS = "mayors", _("expectation of the mayors")
    PROSECUTOR = "prosecutor", _("expectation of the public prosecutor")
    GOVERNOR = "governor", _("expectation of the governor")
    DIRCO = "dirco", _("expectation of the dirco")
    DIRJUD = "dirjud", _("expectation of the dirjud")


class Choice(models.TextChoices):
    """For a priority; a theme is "applied" where a priority is "retained" (`choice_label`)."""

    UNDECIDED = scoring.Choice.UNDECIDED.value, _("still open")
    RETAINED = scoring.Choice.RETAINED.value, _("retained")
    REGULAR = scoring.Choice.REGULAR.value, _("regular policing")
    NOT_RETAINED = scoring.Choice.NOT_RETAINED.value, _("not retained")


THEME_CHOICE_LABELS = {Choice.RETAINED: _("applied"), Choice.NOT_RETAINED: _("not applied")}


def choice_label(choice: str, kind: str):
    """The word for a choice, which for a theme is another than for a priority (SCORING: choice)."""
    choice = Choice(choice)
    if kind == scoring.ItemKind.THEME:
        return THEME_CHOICE_LABELS.get(choice, choice.label)
    return choice.label


class Reason(models.TextChoices):
    NO_PHENOMENON = scoring.Reason.NO_PHENOMENON.value, _("no or limited local phenomenon")
    COVERED_ELSEWHERE = scoring.Reason.COVERED_ELSEWHERE.value, _("covered under another priority or theme")
    OTHER_SERVICE = scoring.Reason.OTHER_SERVICE.value, _("taken up by another service or plan")
    CAPACITY = scoring.Reason.CAPACITY.value, _("insufficient capacity")
    OTHER = scoring.Reason.OTHER.value, pgettext_lazy("reason", "other")


class ChainLink(models.TextChoices):
    PROACTION = scoring.ChainLink.PROACTION.value, _("proaction")
    PREVENTION = scoring.ChainLink.PREVENTION.value, _("prevention")
    PREPARATION = scoring.ChainLink.PREPARATION.value, _("preparation")
    REACTION = scoring.ChainLink.REACTION.value, _("reaction")
    AFTERCARE = scoring.ChainLink.AFTERCARE.value, _("aftercare")


class Criterion(models.TextChoices):
    DIAGNOSIS = scoring.Criterion.DIAGNOSIS.value, _("diagnosis")
    GOAL = scoring.Criterion.GOAL.value, _("goal")
    ACTIONS = scoring.Criterion.ACTIONS.value, _("actions")
    IMPLEMENTATION = scoring.Criterion.IMPLEMENTATION.value, _("implementation")
    MONITORING = scoring.Criterion.MONITORING.value, _("monitoring")
    CHAIN = scoring.Criterion.CHAIN.value, _("chain and partners")


class Element(models.TextChoices):
    DESCRIPTION = scoring.Element.DESCRIPTION.value, _("description")
    FIGURE = scoring.Element.FIGURE.value, _("figure")
    SOURCE = scoring.Element.SOURCE.value, _("source")
    OBJECTIVE = scoring.Element.OBJECTIVE.value, _("objective")
    RESULT = scoring.Element.RESULT.value, _("intended result")
    TARGET_GROUP = scoring.Element.TARGET_GROUP.value, _("target group or area")
    DUE = scoring.Element.DUE.value, _("due date")
    ACTION = scoring.Element.ACTION.value, _("action")
    CHAIN_LINK = scoring.Element.CHAIN_LINK.value, _("link of the safety chain")
    RESPONSIBLE = scoring.Element.RESPONSIBLE.value, _("responsible")
    CAPACITY = scoring.Element.CAPACITY.value, _("capacity")
    INDICATOR = scoring.Element.INDICATOR.value, _("indicator")
    TARGET_VALUE = scoring.Element.TARGET_VALUE.value, _("target value")
    BASELINE = scoring.Element.BASELINE.value, _("baseline")
    FREQUENCY = scoring.Element.FREQUENCY.value, _("frequency")
    PARTNER = scoring.Element.PARTNER.value, _("partner outside the police")


class NoticeKind(models.TextChoices):
    """What people are told of by mail. The words say when."""

    SHARED = "shared", _("When a plan is shared for review")
    REMARK = "remark", _("When a reviewer writes a remark or asks for a clarification")
    ANSWER = "answer", _("When a zone answers a remark of yours")
    REVIEWED = "reviewed", _("When a review is finished")
    ASSIGNED = "assigned", _("When something is assigned to you")
    DEADLINE = "deadline", _("When a deadline comes near and your plan is not shared yet")


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("in one mail a day")
    NEVER = "never", _("never")


class MailFault(models.TextChoices):
    """Why a mail is still in the outbox: a word, never an address or what the server said."""

    SERVER = "server", _("the mail server does not answer")
    SIGN_IN = "sign_in", _("the mail server refuses this site")
    RECEIVER = "receiver", _("the mail server refuses the receiver")
    REFUSED = "refused", _("the mail server refuses the mail")
    ADDRESS = "address", _("the address cannot be written to")
