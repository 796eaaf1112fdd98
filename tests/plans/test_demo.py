"""The demonstration, loaded: everything a reader should meet is in it, and each account sees its part."""

from datetime import timedelta
from io import StringIO
from itertools import islice

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from framework.models import Edition, Item
from kiv.accounts.models import User
from kiv.territory.models import PoliceZone
from plans import extraction, rules, scoring
from plans.enums import RemarkKind, RemarkStatus
from plans.extraction.inline import extract_inline
from plans.models import (
    Action,
    Assessment,
    Carrying,
    Cycle,
    Diagnosis,
    Document,
    GoodExample,
    ItemChoice,
    ItemLink,
    ItemScore,
    Objective,
    PassageEvidence,
    Plan,
    PlanVersion,
    Reading,
    Remark,
    Snapshot,
    Suggestion,
)
from plans.planformat.types import DIAGNOSIS_KINDS
from plans.selectors.carrying import versions_to_carry
from plans.selectors.good_examples import examples_of_plans
from plans.selectors.snapshots import verified_snapshots
from plans.services.demo import load_demo, read_index
from plans.services.leading_over import Tally, lead_plan_over
from plans.services.looking import finish_carrying
from plans.services.scores import differences
from tests.factories.accounts import UserFactory
from tests.factories.plans import load_shipped_editions
from tests.plans.carrying.demo import figures, invent
from tests.plans.carrying.succeeding import look
from tests.plans.services.acting import stored

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once, in a transaction that is undone when these tests are done: loading takes seconds.

    Its documents are read in this process.
    """
    folder = tmp_path_factory.mktemp("documents")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=folder),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(extraction, "extract", extract_inline)
        load_shipped_editions()
        call_command("load_lexicon", verbosity=0)
        call_command("load_zones", verbosity=0)
        load_demo(by=None)
        yield
        transaction.set_rollback(True)


def person(name):
    return User.objects.get(email=f"{name}@demo.example")


def values(model, name):
    return set(model.objects.values_list(name, flat=True))


def test_everything_appears_somewhere():
    assert values(ItemScore, "state") == {str(state) for state in scoring.State}
    assert values(ItemScore, "level") == {0, 1, 2, 3, 4}
    choices = [row.detail for row in ItemScore.objects.all()]
    # What is advised after a review is worked out when it is read, and not stored.
    kinds = set(scoring.AdviceKind) - {scoring.AdviceKind.AS_REVIEWED}
    assert {advice["kind"] for detail in choices for advice in detail["advice"]} == kinds
    assert {detail["proposal"] for detail in choices} == {None, "retained", "regular"}
    looks = {reason for detail in choices for reason in detail["worth_a_look"]}
    looks |= {
        scoring.LookReason.EDITION_SUPERSEDED
        for edition in Edition.objects.filter(assessments__isnull=False).distinct()
        if edition.has_successor
    }
    assert looks == set(scoring.LookReason)
    assert values(ItemChoice, "choice") == set(scoring.Choice)
    assert values(ItemChoice, "reason") == {"", *scoring.Reason}
    assert values(Diagnosis, "kind") == set(DIAGNOSIS_KINDS)
    assert {link for links in values_of(Action, "links") for link in links} == set(scoring.ChainLink)
    assert any(one.summary["own_priorities"] for one in Assessment.objects.all())
    assert ItemScore.objects.filter(reach__gte=2).exists()
    assert ItemLink.objects.exclude(aspects=[]).exists()
    confidential = (
        Objective.objects.filter(is_confidential=True),
        Action.objects.filter(is_confidential=True, objective__is_confidential=False),
        Diagnosis.objects.filter(is_confidential=True),
        PassageEvidence.objects.filter(is_confidential=True),
        ItemChoice.objects.filter(is_motivation_confidential=True),
        ItemChoice.objects.filter(is_item_confidential=True),
    )
    assert [rows.exists() for rows in confidential] == [True] * 6
    hung = PassageEvidence.objects.filter(objective__isnull=False, page__isnull=False)
    loose = PassageEvidence.objects.filter(objective=None, page__isnull=False)
    assert (hung.exists(), loose.exists()) == (True, True)
    twice = PassageEvidence.objects.values("assessment", "passage").distinct().count()
    assert twice < PassageEvidence.objects.count(), "one passage accepted for two items"
    assert values(Plan, "kind") == {"zonal", "local"}
    for status in ("shared", "reviewed"):
        versions = PlanVersion.objects.filter(status=status).values_list("plan__language", flat=True)
        assert set(versions) == {"nl", "fr", "de"}
    assert PlanVersion.objects.filter(status="preparation").count() >= 3
    assert Plan.objects.filter(zone__is_discontinued=True).exists()
    assert values(Cycle, "name") == {"2020-2025", "2026-2031"}
    documents = Document.objects.values_list("version__plan__language", flat=True)
    assert sorted(documents) == ["de", "fr", "nl"]
    assert values(Suggestion, "tier") == {"strong", "possible", ""}
    assert values(Suggestion, "verdict") == {"open"}, "the demonstration leaves the deciding to its visitors"
    assert values(Assessment, "edition__code") == {"kiv-2016-2019", "kiv-2022-2024"}
    assert Plan.objects.values("zone").distinct().count() >= 7


def test_scores_and_snapshots_stand():
    """What `rescore --check` and `verify_snapshots` would say: of hand-written plans and some others."""
    related = ("edition", "version__plan__zone", "version__plan__municipality", "version__plan__cycle")
    some = Assessment.objects.order_by("pk").select_related(*related)[:40]
    assert [list(differences(one)) for one in some] == [[]] * 40
    assert [one.problems for one in islice(verified_snapshots(), 40)] == [()] * 40
    assert Snapshot.objects.count() == PlanVersion.objects.exclude(shared_at=None).count() > 250


def test_most_zones_have_a_plan_in_each_cycle_in_their_own_language():
    """Some have none: that is what a coordinator looks for."""
    zones = PoliceZone.objects.filter(is_discontinued=False)
    assert zones.count() == 176
    for cycle, fewest, most in (("2020-2025", 160, 174), ("2026-2031", 140, 166)):
        plans = Plan.objects.filter(kind="zonal", cycle__name=cycle, zone__in=zones)
        assert fewest <= plans.count() <= most
    for plan in Plan.objects.filter(zone__in=zones).select_related("zone"):
        assert plan.language in plan.zone.languages


def test_reviews_remarks_and_examples_are_there_to_be_read():
    """What fills the lists of coverage, each by the coordinator of the zone's own area."""
    pairs = {(row.kind, row.status) for row in Remark.objects.all()}
    assert pairs == {(kind, status) for kind in RemarkKind for status in RemarkStatus}
    over_a_month = Remark.objects.filter(
        status=RemarkStatus.OPEN, changed_at__lt=timezone.now() - timedelta(days=30)
    )
    assert over_a_month.count() >= 5
    reader = person("coordinator.national")
    plans = Plan.objects.values_list("pk", flat=True)
    shown = examples_of_plans(reader, plans, Item.objects.all())
    assert len(shown) == GoodExample.objects.count() > 40
    assert {one.item.code for one in shown} >= {"P3", "P5", "P9"}
    # Who has no clearance reads no item with a confidential part: in Limburg the country's does it.
    for name, area in (("national", {"province__code": "limburg"}), ("liege", {"district__code": "liege"})):
        zones = PoliceZone.objects.filter(**area).values("pk")
        readers = Reading.objects.filter(assessment__version__plan__zone__in=zones).values_list(
            "reader__email", flat=True
        )
        assert set(readers) == {f"coordinator.{name}@demo.example"}
    changed = ItemScore.objects.filter(reviewed_level__isnull=False).exclude(reviewed_level=F("level"))
    assert changed.count() > 20


def values_of(model, name):
    return model.objects.values_list(name, flat=True)


def test_each_account_sees_what_its_line_says():
    def seen(name):
        versions = PlanVersion.objects.visible_to(person(name)).select_related("plan__zone", "plan__cycle")
        return sorted(str(version.plan) for version in versions)

    antwerp = ["5345 PZ Antwerpen · 2020-2025", "5345 PZ Antwerpen · 2026-2031"]
    weser = ["5292 PZ Weser-Göhl · 2020-2025", "5292 PZ Weser-Göhl · 2026-2031"]
    liege = ["5277 ZP Liège · 2020-2025", "5277 ZP Liège · 2026-2031"]

    def shared(**where):
        """What was shared there, straight from the rows."""
        versions = (
            PlanVersion.objects.exclude(shared_at=None)
            .filter(**where)
            .select_related("plan__zone", "plan__cycle")
        )
        return sorted(str(version.plan) for version in versions)

    for name in ("lead.antwerpen", "editor.antwerpen", "reader.antwerpen"):
        assert seen(name) == antwerp
    assert seen("lead.carma") == [
        "5888 MidLim · 2020-2025",
        # Two versions: the plan and its addendum.
        *["5909 PZ CARMA · 2020-2025"] * 2,
        "5909 PZ CARMA · 2026-2031",
        "Genk · 2026-2031",
    ]
    assert seen("editor.genk") == ["Genk · 2026-2031"]
    assert seen("lead.liege") == seen("editor.liege") == liege
    assert seen("lead.weser-goehl") == seen("editor.weser-goehl") == weser
    for name, area in {
        "west-vlaanderen": {"plan__zone__province__code": "west-vlaanderen"},
        "liege": {"plan__zone__district__code": "liege"},
        "eupen": {"plan__zone__district__code": "eupen"},
    }.items():
        assert seen(f"coordinator.{name}") == shared(**area)
    # A zone that was merged belongs to the area of the one it went into.
    midlim = "5888 MidLim · 2020-2025"
    assert seen("coordinator.limburg") == sorted([midlim, *shared(plan__zone__province__code="limburg")])
    assert len(seen("coordinator.west-vlaanderen")) > 19, "a province with work to do"
    assert set(weser) < set(seen("coordinator.eupen"))
    others = shared(plan__zone__code__in=("5280", "5445"))
    assert {plan.rpartition(" ")[2] for plan in others} == {"2020-2025", "2026-2031"}
    assert seen("coordinator.zones") == sorted([liege[0], "5303 ZP Namur · 2020-2025", antwerp[0], *others])
    assert len(seen("coordinator.national")) == PlanVersion.objects.exclude(shared_at=None).count()
    assert (seen("framework"), seen("system")) == ([], [])
    plan = Plan.objects.filter(zone__code="5449").first()
    assert rules.has_clearance(person("coordinator.national"), plan)
    eupen = Plan.objects.filter(zone__code="5292").first()
    assert not rules.has_clearance(person("coordinator.eupen"), eupen)


def test_a_second_run_changes_nothing_and_prints_the_accounts():
    UserFactory()
    before = stored()
    first, *rest = run()
    assert first == "The demonstration was loaded before; nothing was changed."
    assert rest[0] == "Demo accounts, all with the password kiv-toets-demo"
    assert [line for line in rest[2:] if "@demo.example" in line] == rest[2:]
    assert len(rest) == 2 + len(read_index().accounts)
    assert stored() == before


def test_carried_over_every_figure_of_the_old_edition_is_reproduced(client_of):
    """The plans written by hand, and every tenth of those that were drawn; then looked at to the end."""
    old = Edition.objects.get(code="kiv-2022-2024")
    edition = invent(old)
    queue = versions_to_carry()
    some = [*queue[: len(read_index().plans)], *queue[len(read_index().plans) :: 10]]
    olds = sorted(Assessment.objects.filter(version__in=sum(some, [])).values_list("pk", flat=True))
    before = figures(olds)
    country = client_of(UserFactory(cleared_coordinator_of="country"))
    coverage = reverse("plans:coverage_file", args=["json"]) + f"?cycle=2026-2031&edition={old.code}"
    now = {"made_at": None, "shown": None}  # both say when the file was made
    taken = country.get(coverage).json() | now
    total = sum((lead_plan_over(versions=plan, edition=edition, by=None) for plan in some), Tally())
    assert (total.plans, total.skipped) == (len(some), {})
    looked = list(
        Carrying.objects.select_related("assessment__edition", "assessment__version__plan", "source__edition")
    )
    assert len(looked) == total.versions
    for carrying in looked[::10]:
        for row in carrying.items.exclude(fate="carried").select_related("item"):
            look(carrying, row.item.code)
        finish_carrying(carrying=carrying, by=None)
    assert figures(olds) == before
    assert country.get(coverage).json() | now == taken
    kept = [carrying.assessment for carrying in looked[::10] if carrying.assessment.version.shared_at]
    assert Snapshot.objects.filter(assessment__in=kept).count() == len(kept) > 0
