"""What somebody wants to be told of, and how often."""

from collections.abc import Mapping

from kiv.accounts.access import access_of
from plans.enums import Frequency, NoticeKind
from plans.models import NoticeSetting

#: What holds for who chose nothing.
DEFAULTS: Mapping[str, Frequency] = {
    NoticeKind.SHARED: Frequency.AT_ONCE,
    NoticeKind.REMARK: Frequency.AT_ONCE,
    NoticeKind.ANSWER: Frequency.AT_ONCE,
    NoticeKind.REVIEWED: Frequency.AT_ONCE,
    NoticeKind.ASSIGNED: Frequency.AT_ONCE,
    NoticeKind.DEADLINE: Frequency.DAILY,
}
FOR_ZONES = (
    NoticeKind.SHARED,
    NoticeKind.REMARK,
    NoticeKind.REVIEWED,
    NoticeKind.ASSIGNED,
    NoticeKind.DEADLINE,
)
FOR_COORDINATORS = (NoticeKind.SHARED, NoticeKind.ANSWER)


def kinds_for(user) -> list[NoticeKind]:
    """The kinds that somebody with these roles can be told of, in the order of the list."""
    access = access_of(user)
    wanted = {*(FOR_ZONES if access.is_zone_member else ())}
    wanted |= {*(FOR_COORDINATORS if access.is_coordinator else ())}
    return [kind for kind in NoticeKind if kind in wanted]


def frequencies_of(user) -> dict[str, Frequency]:
    """Kind → how often, for every kind. One query."""
    chosen = NoticeSetting.objects.filter(user=user.pk).values_list("kind", "frequency")
    return {**DEFAULTS, **{kind: Frequency(frequency) for kind, frequency in chosen}}
