"""Which entries differ between two contents of a plan, and in what: as insiders read it."""

from hypothesis import given

from plans.reports.comparison_types import Naming, Step
from tests.plans.planformat.strategies import contents
from tests.plans.reports.comparing import content, diagnoses, motivations, objectives, passages, sides, told


def naming(*pairs: tuple[str, str]) -> tuple[Naming, ...]:
    return tuple(Naming(*pair) for pair in pairs)


def test_objectives_are_known_by_number_and_by_title():
    old = [
        {"number": "1", "title": "Drugs", "result": "fewer users"},
        {"number": "2", "title": "Traffic"},
        {"number": "3", "title": "Noise"},
        {"number": "4", "title": "Fire"},
    ]
    new = [
        {"number": "1", "title": "Drugs at school", "result": "fewer users"},
        {"number": "2", "title": "Noise"},
        {"number": "4", "title": "Fire", "due": "2028"},
        {"number": "5", "title": "Water"},
    ]
    changes = objectives(old, new)
    assert [told(change) for change in changes] == [
        ("changed", "1", "Drugs at school", {"title": "Drugs[+ at school+]"}),
        ("removed", "2", "Traffic", {}),
        ("changed", "2", "Noise", {}),
        ("changed", "4", "Fire", {"due": "[+2028+]"}),
        ("added", "5", "Water", {}),
    ]
    assert [change.was for change in changes] == ["", "", "3", "", ""]


def test_what_was_added_or_removed_shows_all_it_holds():
    objective = {
        "number": "1",
        "title": "Drugs",
        "items": [{"item": "A1", "aspects": ["demand"]}, "A2"],
        "due": "2028",
        "actions": [{"title": "Lessons", "links": ["prevention"], "partners": ["school", "parents"]}],
    }
    [added], [removed] = objectives([], [objective]), objectives([objective], [])
    assert told(added) == ("added", "1", "Drugs", {"due": "[+2028+]"})
    assert told(removed) == ("removed", "1", "Drugs", {"due": "[-2028-]"})
    assert (added.named, added.unnamed) == (naming(("A1", "demand"), ("A2", "")), ())
    assert (removed.named, removed.unnamed) == ((), added.named)
    assert [told(part) for part in added.parts] == [
        ("added", "", "Lessons", {"partners": "[+school\nparents+]"})
    ]
    assert (added.parts[0].links, removed.parts[0].unlinked) == (("prevention",), ("prevention",))


def test_items_and_aspects_that_are_named_anew_or_no_longer():
    old = [{"title": "Drugs", "items": ["A1", {"item": "A2", "aspects": ["supply"]}]}]
    new = [{"title": "Drugs", "items": [{"item": "A2", "aspects": ["demand"]}, "A10"]}]
    [change] = objectives(old, new)
    assert change.named == naming(("A2", "demand"), ("A10", ""))
    assert change.unnamed == naming(("A1", ""), ("A2", "supply"))


def test_actions_and_indicators_are_known_by_title_and_by_likeness():
    old = {
        "title": "Drugs",
        "actions": [
            {"title": "Monthly controls of shops", "responsible": "team one", "links": ["reaction"]},
            {"title": "Lessons"},
            {"title": "Flyers"},
        ],
        "indicators": [{"title": "Controls", "baseline": "3"}],
    }
    new = {
        "title": "Drugs",
        "actions": [
            {"title": "Lessons", "due": "2027"},
            {
                "title": "Weekly controls of shops",
                "responsible": "team one",
                "links": ["reaction", "aftercare"],
            },
            {"title": "An evening for parents"},
        ],
        "indicators": [{"title": "Controls", "baseline": "4"}],
    }
    [change] = objectives([old], [new])
    assert (change.words, change.fields) == ("Drugs", ())
    assert [(part.kind, *told(part)) for part in change.parts] == [
        ("action", "changed", "", "Lessons", {"due": "[+2027+]"}),
        ("action", "removed", "", "Flyers", {}),
        (
            "action",
            "changed",
            "",
            "Weekly controls of shops",
            {"title": "[-Monthly -][+Weekly +]controls of shops"},
        ),
        ("action", "added", "", "An evening for parents", {}),
        ("indicator", "changed", "", "Controls", {"baseline": "[-3-][+4+]"}),
    ]
    assert (change.parts[2].links, change.parts[2].unlinked) == (("aftercare",), ())


def test_becoming_confidential_is_a_change():
    [change] = objectives([{"title": "Drugs"}], [{"title": "Drugs", "confidential": True}])
    assert change.confidential == Step(False, True)


def test_white_space_is_no_change():
    assert objectives([{"title": "Two words"}], [{"title": "Two  words"}]) == []


def test_diagnosis_entries_are_compared_kind_by_kind():
    old = [
        {"kind": "figure", "text": "Possession rises every year", "figure": "10", "source": "ANG"},
        {"kind": "mayors", "text": "The mayors ask for controls of the shops"},
        {"kind": "dirco", "text": "Do something"},
    ]
    new = [
        {"kind": "mayors", "text": "The mayors ask for more controls of the shops"},
        {"kind": "figure", "text": "Possession rises every year", "figure": "12", "source": "ANG"},
        {"kind": "perception", "text": "Do something"},
    ]
    assert [told(change) for change in diagnoses(old, new)] == [
        (
            "changed",
            "mayors",
            new[0]["text"],
            {"text": "The mayors ask for [+more +]controls of the shops"},
        ),
        ("changed", "figure", "Possession rises every year", {"figure": "[-10-][+12+]"}),
        ("added", "perception", "Do something", {}),
        ("removed", "dirco", "Do something", {}),
    ]


def test_motivations_are_compared_item_by_item():
    old = {
        "A1": {"choice": "not_retained", "reason": "capacity", "line": "No people"},
        "A2": {"choice": "regular", "line": "On call"},
        "A3": "retained",
        "A4": {"choice": "not_retained", "reason": "other", "line": "As it is"},
    }
    new = {
        "A1": {"choice": "not_retained", "reason": "other_service", "pointer": "city", "line": "No people"},
        "A2": "retained",
        "A3": {"choice": "regular", "line": "On call"},
        "A4": {"choice": "regular", "reason": "other", "line": "As it is"},
    }
    changes = motivations(old, new)
    assert [told(change) for change in changes] == [
        ("changed", "A1", "", {"pointer": "[+city+]"}),
        ("removed", "A2", "", {"line": "[-On call-]"}),
        ("added", "A3", "", {"line": "[+On call+]"}),
    ]
    assert [change.reason for change in changes] == [Step("capacity", "other_service"), None, None]


def passage(quote: str, item: str = "A1", **values) -> dict:
    return {"item": item, "quote": quote, "elements": ["objective"]} | values


def test_passages_are_known_by_item_and_quote():
    old = [passage("One", page=3), passage("Two"), passage("Three"), passage("Two", item="A2")]
    new = [
        passage("One", page=5, document="a new file"),
        passage("Three", elements=["objective", "due"], links=["reaction"], no_longer_in_text=True),
        passage("Two", item="A2"),
        passage("Four"),
    ]
    changes = passages(content(passages=old), content(passages=new))
    assert [(str(change.change), change.item, change.quote) for change in changes] == [
        ("removed", "A1", "Two"),
        ("changed", "A1", "Three"),
        ("added", "A1", "Four"),
    ]
    assert (changes[1].ticks, changes[1].in_text) == (("due", "reaction"), Step(True, False))


def test_a_passage_follows_its_objective_to_another_number():
    hung = {"objective": "1"}
    old = content(
        objectives=[{"number": "1", "title": "Drugs"}, {"number": "2", "title": "Noise"}],
        passages=[passage("One", **hung), passage("Two", **hung)],
    )
    new = content(
        objectives=[{"number": "1", "title": "Noise"}, {"number": "3", "title": "Drugs"}],
        passages=[passage("One", objective="3"), passage("Two", objective="1")],
    )
    [change] = passages(old, new)
    assert (change.quote, change.objective) == ("Two", Step("3", "1"))


@given(contents())
def test_a_content_does_not_differ_from_itself(given_content):
    one = given_content
    assert objectives(list(one.objectives), list(one.objectives)) == []
    assert diagnoses(list(one.diagnosis), list(one.diagnosis)) == []
    assert motivations(dict(one.choices), dict(one.choices)) == []
    assert passages(one, one) == []


@given(contents(), contents())
def test_what_one_way_adds_the_other_way_removes(old, new):
    for one, other in ((old, new), (new, old)):
        before, after = sides(one, other)
        changes = objectives(list(one.objectives), list(other.objectives))
        counts = [sum(change.change == kind for change in changes) for kind in ("added", "removed")]
        assert counts[0] - counts[1] == len(after.objectives) - len(before.objectives)
