"""What becomes of one zone's plan in one cycle: whether it exists, its versions, when they were shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plans.fiction.dice import Dice
from plans.fiction.examples import choose_examples
from plans.fiction.fates import draw_fates, with_addition
from plans.fiction.files import CycleShares, DemoData, Phrases
from plans.fiction.places import Place
from plans.fiction.reviews import PlannedReview, plan_review
from plans.fiction.writing import Writer
from plans.planformat import PlanContent, scoring_input
from plans.scoring import Item, score_plan


@dataclass(frozen=True, slots=True)
class PlannedVersion:
    """`shared_at` None: still in preparation. `reason` is said by versions after the first."""

    content: PlanContent
    started_at: datetime
    changed_at: datetime
    shared_at: datetime | None
    reason: str = ""
    review: PlannedReview | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A plan's versions, the first one first; and the items that its zone offers as examples, since when."""

    edition: str
    versions: tuple[PlannedVersion, ...]
    examples: tuple[str, ...] = ()
    offered_at: datetime | None = None


def plan_course(
    place: Place,
    phrases: Phrases,
    shares: CycleShares,
    years: tuple[int, int],
    *,
    data: DemoData,
    editions: Mapping[str, Sequence[Item]],
    now: datetime,
) -> Course | None:
    """The plan of a zone in a cycle of `years` (first, last); None for a zone that has none.

    Everything but the moments follows from the zone's key; the moments lie so many days before `now`.
    """
    dice = place.dice.of(shares.name)
    status = dice.weighted(
        {
            "none": shares.without_plan,
            "preparation": shares.in_preparation,
            "shared": 100 - shares.without_plan - shares.in_preparation,
        },
        "status",
    )
    if status == "none":
        return None
    edition = dice.weighted(shares.editions, "edition")
    styles = {name: style.share for name, style in data.styles.items()}
    style = data.styles[place.dice.weighted(styles, "style")]
    writer = Writer(place, phrases, shares.name, *years, edition, dice)
    fates = draw_fates(editions[edition], data, style, dice, is_done=status == "shared")
    first = writer.write(fates)
    if status == "preparation":
        started = _at_work(now - timedelta(days=dice.between(*shares.ago, "ago")), dice)
        worked = min(now - started, timedelta(days=60))
        changed = started + worked * dice.between(10, 95, "changed") / 100
        return Course(edition, (PlannedVersion(first, started, changed, None),))
    shared = _at_work(now - timedelta(days=dice.between(*shares.ago, "ago")), dice)
    started = shared - timedelta(days=dice.between(20, 90, "days of work"))
    changed = shared - timedelta(minutes=dice.between(5, 3000, "last"))
    versions = [PlannedVersion(first, started, changed, shared)]
    if dice.chance(shares.addendum, "addendum"):
        later, added = with_addition(fates, data, dice)
        reason = dice.pick(phrases.addenda, "reason").format(name=phrases.items[added.item.code].name)
        versions.append(_addendum(writer.write(later), reason, shared, now, dice))
    return _read_by_others(Course(edition, tuple(versions)), phrases, shares, editions[edition], dice, now)


def _read_by_others(
    course: Course,
    phrases: Phrases,
    shares: CycleShares,
    items: Sequence[Item],
    dice: Dice,
    now: datetime,
) -> Course:
    """With what reviewers say of the shared versions, and what other zones see of the last of them."""
    versions = list(course.versions)
    ends = [*(version.started_at for version in versions[1:]), now]
    for at, (version, until) in enumerate(zip(versions, ends, strict=True)):
        if version.shared_at is None:
            continue
        score, mine = score_plan(scoring_input(version.content, items)), dice.of("read", at)
        review = plan_review(
            version.content, score, phrases, shares, mine, shared_at=version.shared_at, until=until
        )
        versions[at] = replace(version, review=review)
        examples = choose_examples(version.content, score, review, shares, dice)
        begun = review.finished_at if review and review.finished_at else version.shared_at
        offered_at = begun + (until - begun) * 0.5
    return replace(
        course, versions=tuple(versions), examples=examples, offered_at=offered_at if examples else None
    )


def _addendum(
    content: PlanContent, reason: str, before: datetime, now: datetime, dice: Dice
) -> PlannedVersion:
    """Started and mostly shared between the version before it and now."""
    between = now - before
    started, changed = before + between * 0.4, before + between * 0.6
    shared = before + between * 0.8 if dice.chance(70, "addendum shared") else None
    return PlannedVersion(content, started, changed, shared, reason)


def _at_work(day: datetime, dice: Dice) -> datetime:
    """On that day, at an hour at which people work."""
    hour, minute = dice.between(8, 16, "hour"), dice.below(60, "minute")
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
