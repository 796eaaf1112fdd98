"""Plans and their versions."""

from datetime import datetime

from pydantic import Field

from kiv.api.answers.shared import Answer, Page
from kiv.api.answers.zones import MunicipalityAnswer, ZoneName, municipality_answer, zone_name
from plans.enums import PlanKind, VersionKind, VersionStatus
from plans.models import Plan, PlanVersion


class VersionAnswer(Answer):
    """A version of a plan: always the whole plan."""

    number: int = Field(description="1 for the first version.")
    kind: VersionKind = Field(description="Kind; yearly is a yearly action plan.")
    status: VersionStatus = Field(description="How far it is.")
    shared_at: datetime | None = Field(description="When it was shared for review.")
    editions: list[str] = Field(description="Codes of the editions that it is checked under.")


class PlanLine(Answer):
    """A plan in a list."""

    id: int = Field(description="Identifies the plan.")
    zone: ZoneName = Field(description="The police zone.")
    municipality: MunicipalityAnswer | None = Field(
        description="Of a local plan its municipality, else null."
    )
    cycle: str = Field(description="Name of the cycle, such as 2026-2031.")
    kind: PlanKind = Field(description="Of the zone, or of one municipality.")
    language: str = Field(description="Language of the plan: nl, fr, de or en.")
    status: VersionStatus = Field(
        description="Status of the latest version that you may read; preparation when there is none yet."
    )
    latest: VersionAnswer | None = Field(description="The latest version that you may read.")


class PlanPage(Page):
    """A page of plans."""

    results: list[PlanLine] = Field(description="Plans, the latest cycle first, then by name of zone.")


class PlanAnswer(PlanLine):
    """A plan with its versions."""

    versions: list[VersionAnswer] = Field(description="The versions that you may read, the first one first.")


def plan_line(plan: Plan) -> PlanLine:
    """Of a plan from plans.selectors.readable."""
    return PlanLine(**_line(plan))


def plan_answer(plan: Plan) -> PlanAnswer:
    return PlanAnswer(**_line(plan), versions=[_version(version) for version in plan.versions.all()])


def _line(plan: Plan) -> dict:
    versions = list(plan.versions.all())
    return {
        "id": plan.pk,
        "zone": zone_name(plan.zone),
        "municipality": municipality_answer(plan.municipality),
        "cycle": plan.cycle.name,
        "kind": plan.kind,
        "language": plan.language,
        "status": plan.readable_status,
        "latest": _version(versions[-1]) if versions else None,
    }


def _version(version: PlanVersion) -> VersionAnswer:
    return VersionAnswer(
        number=version.number,
        kind=version.kind,
        status=version.status,
        shared_at=version.shared_at,
        editions=[assessment.edition.code for assessment in version.assessments.all()],
    )
