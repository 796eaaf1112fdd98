"""What the pages of a plan show of how colleagues work on it: who has what, and what was said.

Asked for readers inside the zone only. Not here: assigning (views.assignments), commenting (views.comments).
"""

from dataclasses import dataclass

from django.urls import reverse

from framework.models import Item
from plans import rules
from plans.forms.comments import CommentForm
from plans.models import Assessment
from plans.selectors.comments import CommentLine, EarlierComments, comments_of, earlier_comments
from plans.selectors.teamwork import Teamwork
from plans.views.fetching import asked_edition, asked_version
from plans.views.submissions import new_mark
from plans.workflow import Act

MINE = "mine"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said about one item or about the whole plan. `form` is None for whoever only reads.

    `earlier`: how much was said of it with earlier versions, to be read at `page_url` with `?version=`.
    """

    lines: list[CommentLine]
    earlier: list[EarlierComments]
    page_url: str
    form: CommentForm | None
    url: str
    submission: str


def conversation_of(request, assessment: Assessment, item: Item | None, form=None) -> Conversation:
    """`form` is one that was refused; else an empty one, on the latest version, for whoever may write."""
    if form is None and is_for_now(request, assessment, Act.COMMENT):
        form = CommentForm()
    plan_id = assessment.version.plan_id
    is_first = assessment.version.number == 1
    return Conversation(
        lines=comments_of(assessment, item, request.user),
        earlier=[] if is_first else earlier_comments(assessment, item, request.user),
        page_url=(
            reverse("plans:item", args=[plan_id, item.code])
            if item
            else reverse("plans:history", args=[plan_id])
        ),
        form=form,
        url=comment_url(plan_id, item.code if item else None),
        submission=new_mark(),
    )


def comment_url(plan_id: int, code: str | None) -> str:
    """Where a comment is sent to: about the item with this code, or about the whole plan."""
    if code is None:
        return reverse("plans:comment_add", args=[plan_id])
    return reverse("plans:item_comment_add", args=[plan_id, code])


def team_context(request, assessment: Assessment, team: Teamwork | None) -> dict[str, object]:
    """What templates need to say who has what; `team` is None outside the zone, and then nothing is said."""
    return {
        "team": team,
        "is_mine": team is not None and request.GET.get(MINE) == "1",
        "may_assign": team is not None and is_for_now(request, assessment, Act.ASSIGN),
    }


def is_for_now(request, assessment: Assessment, act: Act) -> bool:
    """Whether this person may act on the plan, and reads it as it stands now."""
    is_now = asked_version(request) is None and not asked_edition(request)
    return is_now and rules.can(request.user, assessment.version, act)
