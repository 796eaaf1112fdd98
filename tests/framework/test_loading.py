"""Loading an edition: once is enough, a bad file changes nothing, what is published stays."""

import json

import pytest

from framework.export import edition_as_data, edition_as_json
from framework.models import Aspect, Attachment, CriterionText, Edition, Framework, Item
from framework.parsing import parse_edition
from framework.services import CannotPublish, Outcome, load_edition, publish_edition
from kiv.audit.models import AuditEvent
from kiv.datafile import FileRefused
from tests.factories.framework import EditionFactory
from tests.framework.sample import SAMPLE, changed

pytestmark = pytest.mark.django_db
TABLES = (Framework, Edition, Item, Aspect, CriterionText, Attachment, AuditEvent)


def everything() -> dict[str, list[dict]]:
    """All rows of the app and of the audit trail."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def load(data: bytes | str = SAMPLE, **options):
    return load_edition(data=data if isinstance(data, bytes) else data.encode(), by=None, **options)


def told(data: bytes, **options) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        load(data, **options)
    return [str(problem) for problem in refused.value.problems]


def test_a_new_file_becomes_a_draft_with_all_it_says():
    result = load()
    assert (result.outcome, result.is_published_now, result.edition.status) == (
        Outcome.CREATED,
        False,
        "draft",
    )
    assert edition_as_data(Edition.objects.get()) == parse_edition(SAMPLE.encode()).as_data()
    assert list(AuditEvent.objects.values_list("event", flat=True)) == ["edition.loaded"]


@pytest.mark.parametrize("should_publish", [False, True])
def test_the_same_file_again_changes_nothing_and_says_so(should_publish):
    load(should_publish=should_publish)
    before = everything()
    result = load(should_publish=should_publish)
    assert (result.outcome, result.is_published_now, result.kept) == (Outcome.UNCHANGED, False, ())
    assert everything() == before


def test_publishing_is_a_second_event_of_the_same_loading():
    result = load(should_publish=True)
    assert (result.is_published_now, result.edition.status) == (True, "published")
    assert list(AuditEvent.objects.order_by("pk").values_list("event", flat=True)) == [
        "edition.loaded",
        "edition.published",
    ]


def test_a_draft_takes_over_a_changed_file_and_keeps_the_rows_that_stay():
    load()
    kept = Item.objects.get(code="Y-2").pk
    start, second = SAMPLE.index("  - code: X.1"), SAMPLE.index("  - code: Y-2")
    end = SAMPLE.index("criteria:")
    first, second = SAMPLE[start:second], SAMPLE[second:end]
    third = second.replace("Y-2", "Z3")
    data = SAMPLE.replace(first + second, second + third + first.replace("locks", "bolts"))
    assert load(data).outcome == Outcome.UPDATED
    edition = Edition.objects.get()
    assert edition_as_data(edition) == parse_edition(data.encode()).as_data()
    assert list(edition.items.values_list("code", "position")) == [("Y-2", 1), ("Z3", 2), ("X.1", 3)]
    assert Item.objects.get(code="Y-2").pk == kept


def test_a_bad_file_changes_nothing():
    load()
    before = everything()
    assert len(told(changed(("nl: fietsen", "nl: ''"), ("code: Y-2", "code: X.1")))) == 2
    assert everything() == before


def test_an_unknown_predecessor_is_refused_and_leaves_no_trace():
    before = everything()
    assert told(changed(("predecessor: null", "predecessor: other"))) == [
        'line 6, predecessor: expected an edition of test that is loaded, found "other"'
    ]
    assert everything() == before


def test_a_predecessor_of_another_framework_is_unknown():
    EditionFactory(code="other", framework__code="elsewhere")
    assert told(changed(("predecessor: null", "predecessor: other"))) == [
        'line 6, predecessor: expected an edition of test that is loaded, found "other"'
    ]


def test_editions_cannot_precede_each_other():
    load()
    second = changed(("code: test-2030", "code: test-2034"), ("predecessor: null", "predecessor: test-2030"))
    load(second)
    assert told(changed(("predecessor: null", "predecessor: test-2034"))) == [
        'line 6, predecessor: expected an edition that does not come after this one, found "test-2034"'
    ]


def test_a_published_edition_refuses_every_fixed_difference_at_once():
    load(should_publish=True)
    before = everything()
    data = changed(
        ("  code: test\n", "  code: tester\n"),
        ("nl: Nota 2030", "nl: Nota 2031"),
        ("name: NOTE_NL", "name: NOTE_FR"),
        ("nl: fietsen", "nl: rijwielen"),
        ("code: lights", "code: lamps"),
        ("kind: theme", "kind: priority"),
    )
    assert told(data, should_update_texts=True) == [
        'line 3, framework.code: expected “test”, as published, found "tester"',
        'line 9, title.nl: expected “Nota 2030”, as published, found "Nota 2031"',
        'line 14, attachments[1]: expected nothing new here: this edition is published, found "NOTE_FR"',
        'line 13, attachments: expected “NOTE_NL”, as published, found "nothing"',
        'line 21, items[1].title.nl: expected “fietsen”, as published, found "rijwielen"',
        'line 33, items[1].aspects[2]: expected nothing new here: this edition is published, found "lamps"',
        'line 30, items[1].aspects: expected “lights”, as published, found "nothing"',
        'line 37, items[2].kind: expected “theme”, as published, found "priority"',
    ]
    assert everything() == before


def test_the_order_of_items_is_fixed():
    load(should_publish=True)
    start, second = SAMPLE.index("  - code: X.1"), SAMPLE.index("  - code: Y-2")
    end = SAMPLE.index("criteria:")
    turned = SAMPLE[:start] + SAMPLE[second:end] + SAMPLE[start:second] + SAMPLE[end:]
    assert told(turned.encode()) == ['line 18, items: expected “X.1, Y-2”, as published, found "Y-2, X.1"']


EDITORIAL = (
    ("en: bicycles}", "en: bikes}"),
    ("en: about bicycles}", "en: about bikes}"),
    ("nl: d nl", "nl: een diagnose"),
    ("period: [2030, 2033]", "period: [2030, 2035]"),
    ("de: eins", "de: Eins"),
)


def test_other_texts_of_a_published_edition_are_kept_and_named():
    load(should_publish=True)
    before = everything()
    result = load(changed(*EDITORIAL))
    assert result.outcome == Outcome.UNCHANGED
    assert [change.place for change in result.kept] == [
        "period",
        "criteria[1].earns_one",
        "items[1].title.en",
        "items[1].example",
        "items[1].summary",
    ]
    assert everything() == before


def test_other_texts_of_a_published_edition_are_replaced_when_asked():
    load(should_publish=True)
    result = load(changed(*EDITORIAL), should_update_texts=True)
    assert (result.outcome, result.kept) == (Outcome.UPDATED, ())
    assert edition_as_data(Edition.objects.get()) == parse_edition(changed(*EDITORIAL)).as_data()
    assert AuditEvent.objects.filter(event="edition.loaded").count() == 2


def test_a_translation_may_become_official_once_and_is_fixed_then():
    load(should_publish=True)
    official = ("{nl: official, fr: official, de: translation", "{nl: official, fr: official, de: official")
    load(changed(official), should_update_texts=True)
    assert told(changed(), should_update_texts=True) == [
        'line 22, items[1].title_status.de: expected “official”, as published, found "translation"'
    ]


def test_the_json_of_an_edition_can_be_loaded_again():
    edition = load(should_publish=True).edition
    data = edition_as_json(edition)
    assert load(data).outcome == Outcome.UNCHANGED
    elsewhere = data.replace(b'"code": "test-2030"', b'"code": "copy-2030"')
    copy = load(elsewhere).edition
    assert edition_as_data(copy) == {**json.loads(data), "code": "copy-2030"}
    assert edition_as_json(copy) == elsewhere


def test_the_latest_published_edition_is_the_one_published_last_whatever_its_period():
    load(changed(("[2030, 2033]", "[2040, 2043]")), should_publish=True)
    older = changed(("code: test-2030", "code: test-2020"), ("[2030, 2033]", "[2020, 2023]"))
    load(older)
    assert Edition.objects.latest_published().code == "test-2030"
    load(older, should_publish=True)
    assert Edition.objects.latest_published().code == "test-2020"


def test_an_edition_has_a_successor_once_that_is_published():
    load(should_publish=True)
    second = changed(("code: test-2030", "code: test-2034"), ("predecessor: null", "predecessor: test-2030"))
    load(second)
    assert not Edition.objects.get(code="test-2030").has_successor
    load(second, should_publish=True)
    assert Edition.objects.get(code="test-2030").has_successor
    assert Edition.objects.with_successor().get(code="test-2030").has_successor
    assert not Edition.objects.with_successor().get(code="test-2034").has_successor


def test_what_cannot_be_published():
    empty, without_criteria = EditionFactory(criteria=True), EditionFactory(items=("A1",))
    published = EditionFactory(items=("A1",), criteria=True, published=True)
    for edition in (empty, without_criteria, published):
        with pytest.raises(CannotPublish):
            publish_edition(edition=edition, by=None)
    assert not AuditEvent.objects.exists()
