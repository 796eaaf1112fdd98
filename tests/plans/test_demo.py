"""The demonstration: everything a reader should meet is in it, and it exists nowhere else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kiv.accounts.demo import AccountBackend, check_no_demo_accounts, is_demo_address
from kiv.accounts.models import User
from kiv.audit.models import AuditEvent
from plans import rules, scoring
from plans.models import (
    Action,
    Assessment,
    Cycle,
    Diagnosis,
    Document,
    ItemChoice,
    ItemLink,
    ItemScore,
    Objective,
    PassageEvidence,
    Plan,
    PlanVersion,
    Suggestion,
)
from plans.planformat.types import DIAGNOSIS_KINDS
from plans.services.demo import FOLDER, load_demo, read_demo_plan, read_index
from plans.services.scores import differences
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory, load_shipped_editions
from tests.plans.planformat.editions import shipped_editions
from tests.plans.services.acting import stored

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def reference(db):
    """The editions and zones that the demonstration stands on."""
    load_shipped_editions()
    call_command("load_lexicon", verbosity=0)
    call_command("load_zones", verbosity=0)


@pytest.fixture
def demo(reference, settings):
    settings.DEMO = True
    load_demo(by=None)


def person(name):
    return User.objects.get(email=f"{name}@demo.example")


def values(model, name):
    return set(model.objects.values_list(name, flat=True))


def test_everything_appears_somewhere(demo):
    """One test for the whole list: loading takes seconds."""
    assert values(ItemScore, "state") == {str(state) for state in scoring.State}
    assert values(ItemScore, "level") == {0, 1, 2, 3, 4}
    choices = [row.detail for row in ItemScore.objects.all()]
    # Nothing is reviewed in the demonstration yet, so that no clarification is asked.
    kinds = set(scoring.AdviceKind) - {scoring.AdviceKind.ANSWER_CLARIFICATION}
    assert {advice["kind"] for detail in choices for advice in detail["advice"]} == kinds
    assert {detail["proposal"] for detail in choices} == {None, "retained", "regular"}
    looks = {reason for detail in choices for reason in detail["worth_a_look"]}
    looks |= {
        scoring.LookReason.EDITION_SUPERSEDED for one in Assessment.objects.all() if one.edition.has_successor
    }
    assert looks == set(scoring.LookReason) - {scoring.LookReason.CLARIFICATION_ASKED}
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
    shared = PlanVersion.objects.filter(status="shared").values_list("plan__language", flat=True)
    assert set(shared) == {"nl", "fr", "de"}
    assert PlanVersion.objects.filter(status="preparation").count() >= 3
    assert Plan.objects.filter(zone__is_discontinued=True).exists()
    assert values(Cycle, "name") == {"2020-2025", "2026-2031"}
    documents = Document.objects.values_list("version__plan__language", flat=True)
    assert sorted(documents) == ["de", "fr", "nl"]
    assert values(Suggestion, "tier") == {"strong", "possible", ""}
    assert values(Suggestion, "verdict") == {"open"}, "the demonstration leaves the deciding to its visitors"
    assert values(Assessment, "edition__code") == {"kiv-2016-2019", "kiv-2022-2024"}
    assert Plan.objects.values("zone").distinct().count() >= 7
    assert [list(differences(one)) for one in Assessment.objects.all()] == [[]] * Assessment.objects.count()


def values_of(model, name):
    return model.objects.values_list(name, flat=True)


def test_each_account_sees_what_its_line_says(demo):
    def seen(name):
        versions = PlanVersion.objects.visible_to(person(name)).select_related("plan__zone", "plan__cycle")
        return sorted(str(version.plan) for version in versions)

    antwerp = ["5345 PZ Antwerpen · 2020-2025", "5345 PZ Antwerpen · 2026-2031"]
    weser = ["5292 PZ Weser-Göhl · 2020-2025", "5292 PZ Weser-Göhl · 2026-2031"]
    liege = ["5277 ZP Liège · 2020-2025", "5277 ZP Liège · 2026-2031"]
    limburg = ["5888 MidLim · 2020-2025"]
    for name in ("lead.antwerpen", "editor.antwerpen", "reader.antwerpen"):
        assert seen(name) == antwerp
    assert seen("lead.carma") == ["5888 MidLim · 2020-2025", "5909 PZ CARMA · 2026-2031", "Genk · 2026-2031"]
    assert seen("editor.genk") == ["Genk · 2026-2031"]
    assert seen("lead.liege") == seen("editor.liege") == liege
    assert seen("lead.weser-goehl") == seen("editor.weser-goehl") == weser
    assert seen("coordinator.limburg") == limburg
    assert seen("coordinator.eupen") == weser
    assert seen("coordinator.zones") == [liege[0], "5303 ZP Namur · 2020-2025", antwerp[0]]
    assert len(seen("coordinator.national")) == PlanVersion.objects.filter(status="shared").count()
    assert (seen("framework"), seen("system")) == ([], [])
    plan = Plan.objects.get(zone__code="5449")
    assert rules.has_clearance(person("coordinator.national"), plan)
    eupen = Plan.objects.filter(zone__code="5292").first()
    assert not rules.has_clearance(person("coordinator.eupen"), eupen)


def test_a_second_run_changes_nothing_and_prints_the_accounts(demo):
    UserFactory()
    before = stored()
    first, *rest = run()
    assert first == "The demonstration was loaded before; nothing was changed."
    assert rest[0] == "Demo accounts, all with the password kiv-toets-demo"
    assert [line for line in rest[2:] if "@demo.example" in line] == rest[2:]
    assert len(rest) == 2 + len(read_index().accounts)
    assert stored() == before


def test_it_is_refused_outside_the_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="KIV_DEMO is off"):
        run()
    assert (User.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize("make", [UserFactory, AssessmentFactory])
def test_it_is_refused_beside_anything_real(settings, make):
    settings.DEMO = True
    make()
    before = stored(), User.objects.count()
    with pytest.raises(CommandError, match="needs an empty one"):
        run()
    assert (stored(), User.objects.count()) == before


def test_without_editions_or_zones_nothing_is_written(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="load editions and zones first"):
        run()
    assert (User.objects.count(), Cycle.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


def names_in(folder):
    return {path.name for path in folder.iterdir()}


def test_its_files_are_all_used_and_say_that_they_are_fictional():
    index = read_index()
    assert {plan.file for plan in index.plans} | {"index.yaml", "documents"} == names_in(FOLDER)
    documents = [name for plan in index.plans for name in plan.documents]
    assert sorted(documents) == sorted(names_in(FOLDER / "documents"))
    for name in documents:
        first = (FOLDER / "documents" / name).read_text().lower()[:600]
        assert any(word in first for word in ("fictief", "fictif", "fiktiv"))
    editions = shipped_editions()
    for plan in index.plans:
        header = read_demo_plan(FOLDER / plan.file, editions).plan
        fictional = {"nl": "(fictief)", "fr": "(fictif)", "de": "(fiktiv)"}[header.language]
        assert header.name.endswith(fictional)
    assert all(is_demo_address(account.email) for account in index.accounts)


class TestDemoAccounts:
    """Their password is public."""

    def sign_in(self):
        return AccountBackend().authenticate(None, username="a@demo.example", password="public words here")

    def make(self, email="a@demo.example"):
        user = UserFactory(email=email)
        user.set_password("public words here")
        user.save()
        return user

    def test_they_sign_in_in_the_demonstration_only(self, settings, client):
        user = self.make()
        settings.DEMO = True
        assert self.sign_in() == user
        settings.DEMO = False
        assert self.sign_in() is None
        assert AccountBackend().get_user(user.pk) is None

    def test_a_check_finds_them(self, settings):
        self.make(email="a@demo.example.org")
        settings.DEMO = False
        assert check_no_demo_accounts(None, databases=["default"]) == []
        self.make()
        (error,) = check_no_demo_accounts(None, databases=["default"])
        assert error.id == "kiv.E010"
        assert check_no_demo_accounts(None, databases=None) == []
        settings.DEMO = True
        assert check_no_demo_accounts(None, databases=["default"]) == []

    @pytest.mark.parametrize(
        ("email", "is_demo"),
        [
            ("a@demo.example", True),
            (" A@DEMO.EXAMPLE ", True),
            ("a@demo.example.be", False),
            ("a@mydemo.example", False),
            ("demo.example@police.be", False),
        ],
    )
    def test_which_addresses(self, email, is_demo):
        assert is_demo_address(email) is is_demo
