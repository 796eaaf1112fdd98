"""The text of a document: what stands there, and what can be found in it."""

import re

import pytest
from django.urls import reverse

from plans.selectors.document_text import PAGE_LENGTH
from plans.services.decisions import Ticks, accept_passage
from plans.services.passages import change_passage
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import accept
from tests.plans.documents.text_pages import hide, lines, marked, share, text_url, words
from tests.plans.papers import PAPER, item_of, passage_with, seen, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]

FORMS = """# Plan

## Keuzes

Onze keuzes zijn:

- drugs
- inbraak

| Actie | Wie |
|---|---|
| controles | politie |
| lessen | OCMW |

### École et ÉTÉ

Slot.
"""


def test_passages_stand_in_order_as_headings_lists_and_tables(client_of, world):
    document = upload(world.assessment, FORMS)
    response = client_of(world.lead).get(text_url(document))
    groups = response.context["groups"]
    assert [(group.kind, [words(line) for line in group.lines]) for group in groups] == [
        ("", ["Plan"]),
        ("", ["Keuzes"]),
        ("", ["Onze keuzes zijn:"]),
        ("list", ["drugs", "inbraak"]),
        ("table", ["Actie | Wie", "controles | politie", "lessen | OCMW"]),
        ("", ["École et ÉTÉ"]),
        ("", ["Slot."]),
    ]
    html = response.content.decode()
    assert re.findall(r"<(h[3-6])[^>]*>(Plan|Keuzes|École et ÉTÉ)\s*<", html) == [
        ("h3", "Plan"),
        ("h4", "Keuzes"),
        ("h5", "École et ÉTÉ"),
    ]
    assert len(re.findall(r'<li class="text-line', html)) == 2
    assert re.findall(r"<t[hd][^>]*>(Actie|Wie|controles|politie|lessen|OCMW)\s*<", html) == [
        "Actie",
        "Wie",
        "controles",
        "politie",
        "lessen",
        "OCMW",
    ]


def test_every_passage_leads_to_its_page_and_says_its_language(client_of, world):
    document = upload(world.assessment)
    passage = passage_with(document, "oevers")
    change_passage(
        assessment=world.assessment,
        passage=passage,
        language="fr",
        is_confidential=False,
        by=None,
        **seen(passage),
    )
    html = client_of(world.lead).get(text_url(document)).content.decode()
    pages = [
        reverse("plans:passage", args=[world.plan.pk, 1, row.pk]) for row in document.passages.order_by("pk")
    ]
    assert re.findall(r'href="(/plans/\d+/documents/1/passages/\d+/)"', html) == pages
    assert re.findall(r'<p lang="fr">([^<]*)</p>', html) == [passage.text + "\n"]


def test_pages_of_the_file_stand_where_they_begin(client_of, world):
    document = upload(world.assessment)
    for position, page in enumerate([1, 1, 1, 2, 2]):
        document.passages.filter(position=position).update(page=page)
    response = client_of(world.lead).get(text_url(document))
    assert [(line.number, line.page) for line in lines(response) if line.is_new_page] == [(1, 1), (4, 2)]
    assert re.findall(r'class="text-line__page">([^<]*)<', response.content.decode()) == ["page 1", "page 2"]


def test_accepted_passages_say_for_what(client_of, world):
    document = upload(world.assessment)
    accept(world.assessment, document, "drugshandel", "A1")
    accept(world.assessment, document, "drugshandel", "B2")
    accept(world.assessment, document, "inbraak", "A2")
    response = client_of(world.lead).get(text_url(document))
    assert {
        words(line)[:4]: [mark.item.code for mark in line.marks] for line in lines(response) if line.marks
    } == {"Onze": ["A1", "B2"], "Wij ": ["A2"]}
    html = response.content.decode()
    assert re.findall(r"accepted for (\w+)", html) == ["A1", "B2", "A2"]


def test_a_sentence_that_stands_twice_is_marked_at_both_places(client_of, world):
    twice = "# Plan\n\n## Een\n\nWij bestrijden drugs.\n\n## Twee\n\nWij bestrijden drugs.\n"
    document = upload(world.assessment, twice)
    first, second = document.passages.filter(text__startswith="Wij").order_by("position")
    for passage in (first, second):
        accept_passage(
            assessment=world.assessment,
            passage=passage,
            item=item_of(world.assessment, "A1"),
            ticks=Ticks(elements=["action"]),
            by=None,
        )
    assert world.assessment.passages.count() == 1
    response = client_of(world.lead).get(text_url(document))
    assert [line.pk for line in lines(response) if line.marks] == [first.pk, second.pk]


@pytest.mark.parametrize("asked", ["DRUGS", "drugs", "Drugs", " drugs "])
def test_finding_does_not_look_at_case(client_of, world, asked):
    document = upload(world.assessment)
    response = client_of(world.lead).get(text_url(document), {"q": asked})
    assert [words(line)[:12] for line in lines(response)] == [
        "Drugs",
        "Onze doelste",
        "Wij organise",
        "Indicator: a",
    ]
    assert marked(response) == ["Drugs", "drugs", "drugs", "drugs"]
    assert "4 passages hold “" in response.content.decode()


@pytest.mark.parametrize("asked", ["école", "ÉCOLE", "École", "été", "Été"])
def test_finding_does_not_look_at_the_case_of_accented_letters(client_of, world, asked):
    document = upload(world.assessment, FORMS)
    response = client_of(world.lead).get(text_url(document), {"q": asked})
    assert [words(line) for line in lines(response)] == ["École et ÉTÉ"]


@pytest.mark.parametrize("asked", ["%", "_", "dr_gs", "(", "niets hiervan"])
def test_signs_mean_themselves_and_nothing_found_is_said(client_of, world, asked):
    document = upload(world.assessment)
    response = client_of(world.lead).get(text_url(document), {"q": asked})
    assert lines(response) == []
    assert "Nothing found" in response.content.decode()


@pytest.mark.parametrize("asked", ["x" * 201, "drugs\0", "dr\x07ugs"])
def test_what_cannot_be_looked_for_is_refused_above_the_whole_text(client_of, world, asked):
    document = upload(world.assessment)
    response = client_of(world.lead).get(text_url(document), {"q": asked})
    assert "q" in response.context["form"].errors
    assert len(lines(response)) == document.passages.count()
    assert marked(response) == []


def test_a_find_leads_to_its_place_in_the_text(client_of, world):
    text = "# Plan\n\n" + "".join(f"Alinea nummer {n}.\n\n" for n in range(2, PAGE_LENGTH + 12))
    document = upload(world.assessment, text)
    passage = document.passages.get(position=PAGE_LENGTH + 4)
    response = client_of(world.lead).get(text_url(document), {"q": passage.text})
    assert f'href="{text_url(document)}?page=2#passage-{passage.pk}"' in response.content.decode()
    there = client_of(world.lead).get(text_url(document, "?page=2"))
    assert [line.number for line in lines(there)] == list(range(PAGE_LENGTH + 1, PAGE_LENGTH + 12))
    assert f'id="passage-{passage.pk}"' in there.content.decode()


def test_the_text_is_cut_in_pages_of_fifty(client_of, world):
    text = "# Plan\n\n" + "".join(f"Alinea nummer {n}.\n\n" for n in range(2, PAGE_LENGTH + 12))
    document = upload(world.assessment, text)
    client = client_of(world.lead)
    assert [line.number for line in lines(client.get(text_url(document)))] == list(range(1, PAGE_LENGTH + 1))
    for odd in ("?page=99", "?page=-1", "?page=x"):
        assert client.get(text_url(document, odd)).status_code == 200
    last = client.get(text_url(document, "?page=2&q=alinea"))
    assert len(lines(last)) == PAGE_LENGTH + 10 - PAGE_LENGTH
    assert "?page=1&amp;q=alinea" in last.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_text_costs_the_same_for_any_document(client_of, django_assert_num_queries, world, rows):
    text = "# Plan\n\n" + "".join(f"Wij bestrijden drugs {n}.\n\n" for n in range(rows))
    document = upload(world.assessment, text)
    for n in range(rows):
        accept(world.assessment, document, f"drugs {n}", "A1")
    hide(world, document, "Plan")
    share(world)
    for person, queries in ((world.lead, 8), (UserFactory(coordinator_of=world.zone), 11)):
        client = client_of(person)
        client.get(text_url(document))
        with django_assert_num_queries(queries):
            client.get(text_url(document))
        with django_assert_num_queries(queries):
            client.get(text_url(document), {"q": "drugs"})


def test_paper_is_read_whole(client_of, world):
    """Nothing of the document is left out."""
    document = upload(world.assessment)
    shown = " ".join(words(line) for line in lines(client_of(world.lead).get(text_url(document))))
    assert shown.split() == re.sub(r"#+ ", "", PAPER).split()
