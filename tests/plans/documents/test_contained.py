"""What the check page says of the documents: how much they seem to contain, and what is not confirmed yet."""

import pytest
from django.urls import reverse

from plans.enums import Verdict
from plans.planformat import read_plan
from plans.selectors.check import check_of
from plans.selectors.contained import Contained, contained_of
from plans.selectors.disclosure import Reader
from plans.selectors.reading import Overview
from plans.selectors.scoring_input import published_items
from plans.services.decisions import Ticks, accept_passage, decide
from plans.services.entries import add_entry
from plans.services.importing import import_plan
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.papers import EMPTY, PAPER, item_of, passage_with, seen, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
INSIDE = Reader(is_inside=True, has_clearance=True)


def page(client, world) -> str:
    return " ".join(client.get(reverse("plans:check", args=[world.plan.pk])).content.decode().split())


def contained(world) -> Contained:
    rows = check_of(world.assessment, INSIDE).rows
    return contained_of(world.assessment, {row.item.pk: row for row in rows})


def settle(world, suggestion, verdict=Verdict.REJECTED) -> None:
    passage, item = suggestion.passage, suggestion.item
    decide(assessment=world.assessment, passage=passage, item=item, verdict=verdict, by=world.lead)


def suggested(world, **more) -> list:
    rows = world.assessment.suggestions.filter(verdict=Verdict.OPEN, **more).exclude(tier="")
    return list(rows.select_related("passage__document", "item"))


def accept(world, document, words, element="objective", **more) -> None:
    accept_passage(
        assessment=world.assessment,
        passage=passage_with(document, words),
        item=item_of(world.assessment, "A1"),
        ticks=Ticks([element]),
        by=world.lead,
        **more,
    )


def test_nothing_is_said_without_a_document(client_of, world):
    assert contained(world) == Contained(0, 0, 0, 0, 0, None, {})
    assert "seems to contain" not in page(client_of(world.lead), world)


def test_items_are_counted_once_and_strong_pointers_each(client_of, world):
    upload(world.assessment)
    strong = 5  # the heading "Drugs" is a sixth, and asks nothing beside the passages below it
    found = contained(world)
    assert (found.documents, found.speaking, found.items, found.strong, found.first) == (1, 1, 4, strong, 1)
    html = page(client_of(world.lead), world)
    assert "Your document seems to contain 4 of 6 items." in html
    assert f"{strong} strong indications are not confirmed yet." in html
    assert "Nothing is confirmed until you accept it." in html
    assert html.count(f'href="{reverse("plans:reading", args=[world.plan.pk, 1])}"') == 1


def test_what_was_decided_still_counts_as_contained(client_of, world):
    document = upload(world.assessment)
    before = contained(world)
    settle(world, suggested(world, item__code="A2", tier="strong")[0])
    accept(world, document, "drugshandel")
    after = contained(world)
    assert (after.items, after.strong) == (before.items, before.strong - 2)


def test_one_pointer_is_one_pointer(client_of, world):
    upload(world.assessment)
    for suggestion in suggested(world, tier="strong"):
        if suggestion.item.code != "A2":
            settle(world, suggestion)
    assert "1 strong indication is not confirmed yet." in page(client_of(world.lead), world)


def test_all_decided_is_said_only_when_weak_ones_are_too(client_of, world):
    upload(world.assessment)
    for suggestion in suggested(world, tier="strong"):
        settle(world, suggestion)
    html = page(client_of(world.lead), world)
    assert ("not confirmed" in html, "All indications are decided." in html) == (False, False)
    for suggestion in suggested(world):
        settle(world, suggestion)
    assert "All indications are decided." in page(client_of(world.lead), world)


@pytest.mark.parametrize("decided", [0, 1, 3, 100])
def test_the_numbers_are_those_of_the_reading_view(world, decided):
    more = "".join(
        f"\n## Drugs {n}\nIndicator {n}: drugs, jaarlijks.\n\nDrugs in wijk {n}.\n" for n in range(5)
    )
    upload(world.assessment)
    upload(world.assessment, more, name="more.md")
    for suggestion in suggested(world)[:decided]:
        settle(world, suggestion)
    overviews = [Overview(world.assessment, one) for one in world.assessment.version.documents.all()]
    blocks = [block for one in overviews for item in one.items for block in one.blocks(item)]
    asked = [candidate for block in blocks for candidate in block.asked]
    found = contained(world)
    assert found.asked == len(asked)
    assert found.strong == sum(candidate.tier == "strong" for candidate in asked)
    assert list(found.progress.values()) == [
        (sum(one.seen for one in overview.progress), sum(one.total for one in overview.progress))
        for overview in overviews
    ]


def test_a_settled_criterion_asks_nothing_more(world):
    document = upload(world.assessment)
    before = contained(world)
    accept_passage(
        assessment=world.assessment,
        passage=passage_with(document, "Indicator"),
        item=item_of(world.assessment, "A1"),
        ticks=Ticks(["indicator", "target_value", "frequency"]),
        by=world.lead,
    )
    assert contained(world).strong == before.strong - 1


@pytest.mark.parametrize("rule", ["enumeration", "contents"])
def test_a_bare_list_of_names_contains_nothing(client_of, world, rule):
    upload(world.assessment)
    world.assessment.suggestions.update(rule=rule)
    found = contained(world)
    assert (found.documents, found.speaking, found.items) == (1, 0, 0)
    assert "seems to contain" not in page(client_of(world.lead), world)


def test_a_lead_to_a_motivation_contains_nothing(world):
    upload(world.assessment, "Mensenhandel wordt niet weerhouden.\n")
    assert world.assessment.suggestions.filter(is_lead=True).count() == 1
    assert contained(world) == Contained(1, 0, 0, 0, 0, None, {1: (0, 0)})


def test_several_documents_are_spoken_of_together(client_of, world):
    upload(world.assessment, "Het onthaal is open.\n", name="nothing.md")
    upload(world.assessment)
    assert "Your document seems to contain 4 of 6 items." in page(client_of(world.lead), world)
    upload(world.assessment, "Wij controleren gegevens en inbraak.\n", name="more.md")
    found = contained(world)
    assert (found.documents, found.speaking, found.items, found.first) == (3, 2, 5, 2)
    html = page(client_of(world.lead), world)
    assert "Your documents seem to contain 5 of 6 items." in html
    assert html.count(f'href="{reverse("plans:reading", args=[world.plan.pk, 2])}"') == 1


def test_another_plans_document_is_not_counted(world):
    upload(world.assessment, "Wij controleren op inbraak.\n")
    other = make_world(EMPTY)
    upload(other.assessment)
    assert contained(world).items == 1


def test_readers_inside_read_it_until_it_is_shared_and_coordinators_never_do(client_of, world):
    upload(world.assessment)
    sentence = "Your document seems to contain 4 of 6 items."
    reader = client_of(UserFactory(reader_of=world.zone))
    assert sentence in page(reader, world)
    share_version(version=world.assessment.version, by=world.lead)
    # Nothing can be confirmed any more.
    assert sentence not in page(reader, world)
    for coordinator in (
        UserFactory(coordinator_of=world.zone),
        UserFactory(cleared_coordinator_of="country"),
    ):
        html = page(client_of(coordinator), world)
        assert (sentence in html, "/documents/1/" in html, "pointer" in html) == (False, False, False)


# The way in


def test_an_empty_plan_begins_with_the_document_or_with_objectives(client_of, world):
    html = page(client_of(UserFactory(editor_of=world.zone)), world)
    assert "Begin with the plan itself" in html
    assert "Most useful next step" not in html
    assert html.count(f'href="{reverse("plans:document_add", args=[world.plan.pk])}"') == 1
    html = page(client_of(UserFactory(reader_of=world.zone)), world)
    assert ("Begin with the plan itself" in html, "documents/new" in html) == (False, False)


@pytest.mark.parametrize(
    "content",
    [
        "objectives: [{title: New computers}]",
        "objectives: [{title: Fewer drugs, items: [A1]}]",
        "diagnosis: [{text: Possession rises, items: [A1]}]",
        "choices: {A1: retained}",
        "choices: {A1: {choice: undecided, line: We think}}",
        "passages: [{item: A1, elements: [objective], quote: Less}]",
    ],
)
def test_a_plan_that_holds_something_is_not_begun_anew(client_of, content):
    world = make_world(f"{{format: kiv-plan/1, plan: {{name: T}}, edition: test-edition, {content}}}")
    assert not check_of(world.assessment, INSIDE).is_empty
    html = page(client_of(world.lead), world)
    assert "Begin with the plan itself" not in html
    # Without a document there is a button for it, among the others.
    assert html.count(f'href="{reverse("plans:document_add", args=[world.plan.pk])}"') == 1


def test_with_a_document_the_way_in_is_gone(client_of, world):
    upload(world.assessment, PAPER)
    html = page(client_of(world.lead), world)
    assert ("Begin with the plan itself" in html, "documents/new" in html) == (False, False)


# Evidence leads to its passage


@pytest.fixture
def accepted(world):
    """A1 has an open passage and one that is confidential; a quote without a document stands before them."""
    text = EMPTY.replace("}, edition", "}, passages: [{item: A1, elements: [due], quote: LOOSE}], edition")
    import_plan(
        assessment=world.assessment, content=read_plan(text.encode(), published_items()), by=world.lead
    )
    document = upload(world.assessment)
    passage = passage_with(document, "drugs controles")
    change_passage(
        assessment=world.assessment,
        passage=passage,
        language="",
        is_confidential=True,
        by=world.lead,
        **seen(passage),
    )
    accept(world, document, "drugs controles", "action")
    accept(world, document, "drugshandel")
    return document


def passage_url(world, document, words) -> str:
    return reverse("plans:passage", args=[world.plan.pk, 1, passage_with(document, words).pk])


@pytest.mark.parametrize("address", ["check", "item"])
def test_evidence_leads_to_its_passage_unless_hidden(client_of, world, accepted, address):
    share_version(version=world.assessment.version, by=world.lead)
    url = reverse(f"plans:{address}", args=[world.plan.pk, *(["A1"] if address == "item" else [])])
    urls = [f'href="{passage_url(world, accepted, words)}"' for words in ("drugshandel", "drugs controles")]

    def counts(user):
        html = client_of(user).get(url).content.decode()
        return [html.count(one) for one in urls], html.count("/passages/")

    assert counts(world.lead) == ([1, 1], 2)
    assert counts(UserFactory(cleared_coordinator_of=world.zone)) == ([1, 1], 2)
    assert counts(UserFactory(coordinator_of=world.zone)) == ([1, 0], 1)


def test_a_passage_with_an_objective_leads_to_both(client_of, world):
    objective = add_entry(
        assessment=world.assessment, kind="objective", by=None, values={"title": "Less", "number": "4"}
    )
    document = upload(world.assessment)
    accept(world, document, "drugshandel", objective=objective)
    html = client_of(world.lead).get(reverse("plans:item", args=[world.plan.pk, "A1"])).content.decode()
    line = html[html.index('<p class="evidence__where">') :].partition("</p>")[0]
    target = reverse("plans:objectives", args=[world.plan.pk])
    assert f'<a href="{passage_url(world, document, "drugshandel")}">' in line
    assert f'<a href="{target}#objective-4">with objective 4</a>' in line


@pytest.mark.parametrize("documents", [0, 1, 3])
def test_the_check_page_costs_the_same_for_any_number_of_documents(
    client_of, django_assert_num_queries, world, documents
):
    for number in range(documents):
        document = upload(world.assessment, f"{PAPER}\nNog iets {number}.\n", name=f"{number}.md")
        accept(world, document, "drugshandel")
    client = client_of(world.lead)
    client.get(reverse("plans:check", args=[world.plan.pk]))
    with django_assert_num_queries(11):  # where the accepted passages stand, or what to copy from
        client.get(reverse("plans:check", args=[world.plan.pk]))
