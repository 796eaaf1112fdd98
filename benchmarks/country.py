"""A made-up country of any size, laid straight into the database: what coverage is measured on.

Not for anything else: no text, no evidence, no history. Real plans come from plans.services.
"""

import random
from datetime import UTC, datetime, timedelta

#: Of ten zones: one without a plan, one in preparation, five shared, three reviewed.
STANDINGS = ("none", "preparation", *["shared"] * 5, *["reviewed"] * 3)
DIGITS = dict.fromkeys("DGAIMC", 1)
BATCH = 2_000


def build_country(zones: int, *, edition, cycle, seed: int = 7) -> None:
    """`zones` zones more in ten provinces and twelve districts, with plans of `cycle` under `edition`."""
    from kiv.territory.models import JudicialDistrict, PoliceZone, Province, ZoneLineage

    chance = random.Random(seed)  # noqa: S311 (made-up figures, no secret)
    provinces = [_place(Province, f"province-{n}") for n in range(10)]
    districts = [_place(JudicialDistrict, f"district-{n}") for n in range(12)]
    first = PoliceZone.objects.count()
    made = PoliceZone.objects.bulk_create(
        [
            PoliceZone(
                name=f"PZ {number:05}",
                code=f"{number + 1000}" if number < 9000 else "",
                province=chance.choice(provinces),
                district=chance.choice(districts),
                languages=["nl"],
            )
            for number in range(first, first + zones)
        ],
        BATCH,
    )
    ZoneLineage.objects.bulk_create([ZoneLineage(zone=zone, ancestor=zone) for zone in made], BATCH)
    build_plans(made, edition=edition, cycle=cycle, seed=seed)


def build_plans(zones, *, edition, cycle, seed: int = 7) -> None:
    """A plan for most of these zones, which have none in the cycle."""
    from plans.models import Assessment, ItemChoice, ItemScore, Plan, PlanVersion

    chance = random.Random(seed)  # noqa: S311
    standing = {zone.pk: chance.choice(STANDINGS) for zone in zones}
    plans = Plan.objects.bulk_create(
        [
            Plan(zone=zone, cycle=cycle, kind="zonal", language="nl")
            for zone in zones
            if standing[zone.pk] != "none"
        ],
        BATCH,
    )
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    versions = PlanVersion.objects.bulk_create(
        [
            PlanVersion(
                plan=plan,
                number=1,
                status=standing[plan.zone_id],
                shared_at=None
                if standing[plan.zone_id] == "preparation"
                else start + timedelta(hours=chance.randrange(5000)),
            )
            for plan in plans
        ],
        BATCH,
    )
    assessments = Assessment.objects.bulk_create(
        [Assessment(version=version, edition=edition, rubric="1") for version in versions], BATCH
    )
    items = list(edition.items.order_by("position"))
    choices, scores = [], []
    for assessment in assessments:
        is_reviewed = assessment.version.status == "reviewed"
        for item in items:
            choice, state, level = _decide(chance)
            reviewed = min(4, max(0, level + chance.choice((-1, *[0] * 8, 1)))) if is_reviewed else None
            choices.append(
                ItemChoice(
                    assessment=assessment,
                    item=item,
                    choice=choice,
                    is_item_confidential=chance.random() < 0.01,
                )
            )
            scores.append(
                ItemScore(
                    assessment=assessment,
                    item=item,
                    state=state,
                    level=level,
                    digits=DIGITS,
                    detail={},
                    reviewed_level=reviewed,
                    reviewed_digits=DIGITS if is_reviewed else None,
                )
            )
    ItemChoice.objects.bulk_create(choices, BATCH)
    ItemScore.objects.bulk_create(scores, BATCH)


def _place(model, code: str):
    return model.objects.get_or_create(code=code, defaults={"name": {"nl": code.title()}})[0]


def _decide(chance: random.Random) -> tuple[str, str, int]:
    """Choice, state and level that go together: what is not retained is seldom in the plan at all."""
    choice = chance.choice(("retained", "retained", "retained", "regular", "not_retained", "undecided"))
    if choice == "retained":
        level = chance.choice((0, 1, 1, 2, 2, 3, 4))
        return choice, "elaborated" if level >= 2 else "to_elaborate", level
    level = chance.choice((0, 0, 0, 1))
    if choice == "undecided" or chance.random() < 0.2:
        return choice, "open", level
    return choice, "regular" if choice == "regular" else "motivated", level
