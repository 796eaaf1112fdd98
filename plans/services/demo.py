"""The demonstration: accounts and hand-written plans from `plans/demo/`, placed by the everyday services.

Refuses to mix with anything real. Not here: the plans of all other zones (`demo_zones`), the table that is
printed (management/commands/load_demo).
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field

from framework.models import Edition
from kiv.accounts.demo import is_demo_address
from kiv.accounts.enums import Role
from kiv.accounts.models import User
from kiv.accounts.services import add_membership, add_person, set_password
from kiv.audit.models import AuditEvent
from kiv.audit.services import record
from kiv.datafile import load, validate
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province
from plans.enums import DocumentKind
from plans.models import Cycle, Plan
from plans.models.deadline import DAYS_BEFORE
from plans.planformat import PlanContent, read_plan
from plans.planformat.read import Editions
from plans.selectors.scoring_input import published_items
from plans.services.cycles import load_cycles
from plans.services.deadlines import add_deadline
from plans.services.demo_zones import add_zone_plans
from plans.services.documents import add_document
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.sharing import share_version

FOLDER = settings.BASE_DIR / "plans" / "demo"
CYCLES = settings.BASE_DIR / "plans" / "data" / "cycles.yaml"
MARKER = "demo.loaded"


class DemoRefused(Exception):
    """The demonstration does not belong here; the text says why and what to do."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoAccount(Strict):
    """One person with one role. `sees` says for people what the account is good for."""

    email: str
    name: str
    language: Literal["nl", "fr", "de", "en"]
    role: Role
    zones: tuple[str, ...] = ()
    municipality: str = ""
    province: str = ""
    district: str = ""
    country: bool = False
    clearance: bool = False
    sees: str


class DemoPlan(Strict):
    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.yaml$")]
    documents: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+\.md$")], ...] = ()
    shared: bool = False


class DemoDeadline(Strict):
    """`in_days`: counted from the day of loading, so that the demonstration does not grow old."""

    cycle: str
    name: dict[Literal["nl", "fr", "de", "en"], str]
    in_days: Annotated[int, Field(ge=1, le=365)]


class DemoIndex(Strict):
    format: Literal["kiv-demo/1"]
    password: str
    deadlines: tuple[DemoDeadline, ...] = ()
    accounts: tuple[DemoAccount, ...]
    plans: tuple[DemoPlan, ...]


def read_index(folder: Path = FOLDER) -> DemoIndex:
    """What the demonstration consists of. Raises FileRefused."""
    return validate(DemoIndex, load((folder / "index.yaml").read_bytes()))


def is_loaded() -> bool:
    return AuditEvent.objects.filter(event=MARKER).exists()


@transaction.atomic
def load_demo(*, by, folder: Path = FOLDER) -> bool:
    """Load the demonstration; False when this database has it already, and then nothing changes.

    Raises DemoRefused outside the demonstration, in a database with people or plans of its own, and
    when editions or zones are missing. All or nothing.
    """
    if not settings.DEMO:
        raise DemoRefused("KIV_DEMO is off: demo accounts and demo plans exist in the demonstration only.")
    if is_loaded():
        return False
    if User.objects.exists() or Plan.objects.exists():
        raise DemoRefused(
            "This database already has people or plans of its own. The demonstration needs an empty one."
        )
    index = read_index(folder)
    load_cycles(data=CYCLES.read_bytes(), by=by)
    for deadline in index.deadlines:
        add_deadline(
            cycle=_find(Cycle, name=deadline.cycle),
            name=deadline.name,
            date=timezone.localdate() + timedelta(days=deadline.in_days),
            days_before=DAYS_BEFORE,
            by=by,
        )
    users = [_add_account(account, index.password, by) for account in index.accounts]
    editions = published_items()
    for plan in index.plans:
        content = read_demo_plan(folder / plan.file, editions)
        documents = [folder / "documents" / name for name in plan.documents]
        _add_plan(content, documents, plan.shared, by)
    add_zone_plans(folder=folder, editions=editions, by=by)
    record(MARKER, by=by, on=users[0], accounts=len(users), plans=Plan.objects.count())
    return True


def read_demo_plan(path: Path, editions: Editions) -> PlanContent:
    """A plan of the demonstration. Raises FileRefused, also when its edition is not loaded."""
    return read_plan(path.read_bytes(), editions)


def _add_account(account: DemoAccount, password: str, by) -> User:
    if not is_demo_address(account.email):
        raise DemoRefused(f"{account.email} is not an address of the demonstration.")
    first, *others = _places(account)
    user = add_person(
        by=by,
        email=account.email,
        name=account.name,
        language=account.language,
        role=account.role,
        has_clearance=account.clearance,
        **first,
    )
    for place in others:
        add_membership(by=by, user=user, role=account.role, has_clearance=account.clearance, **place)
    set_password(by=by, user=user, password=password)
    return user


def _places(account: DemoAccount) -> list[dict[str, object]]:
    """The place of each membership; nothing at all is the whole country, or no place."""
    if account.zones:
        return [{"zone": _find(PoliceZone, code=code)} for code in account.zones]
    if account.municipality:
        return [{"municipality": _find(Municipality, nis_code=account.municipality)}]
    if account.province:
        return [{"province": _find(Province, code=account.province)}]
    if account.district:
        return [{"district": _find(JudicialDistrict, code=account.district)}]
    return [{}]


def _add_plan(content: PlanContent, documents: Sequence[Path], is_shared: bool, by) -> None:
    """The header says where the plan belongs: in the demonstration it may."""
    header = content.plan
    assessment = create_plan(
        zone=_find(PoliceZone, code=header.zone),
        municipality=_find(Municipality, nis_code=header.municipality) if header.municipality else None,
        cycle=_find(Cycle, name=header.cycle),
        edition=_find(Edition, code=content.edition),
        language=header.language,
        by=by,
    )
    import_plan(assessment=assessment, content=content, by=by)
    for path in documents:
        add_document(
            version=assessment.version,
            kind=DocumentKind.PLAN,
            filename=path.name,
            data=path.read_bytes(),
            by=by,
        )
    if is_shared:
        share_version(version=assessment.version, by=by)


def _find(model, **wanted):
    found = model.objects.filter(**wanted).first()
    if found is None:
        value = ", ".join(str(value) for value in wanted.values())
        raise DemoRefused(
            f"The demonstration needs {model._meta.model_name} {value}: load editions and zones first "
            "(manage.py prepare does it all)."
        )
    return found
