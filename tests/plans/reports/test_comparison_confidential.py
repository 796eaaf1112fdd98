"""What a comparison keeps from whom: of hidden words only that they changed, of hidden items nothing."""

import pytest

from plans.reports.compared_entries import side_of
from tests.plans.reports.comparing import (
    CLEARED,
    INSIDE,
    OUTSIDE,
    content,
    diagnoses,
    everything,
    motivations,
    objectives,
    passages,
    told,
)

SECRET_ITEM = {"choices": {"A9": {"choice": "retained", "item_confidential": True}}}


def objective(title: str, *items: str, **values) -> dict:
    return {"number": "1", "title": title, "items": list(items), "result": title, **values}


@pytest.mark.parametrize(
    ("before", "after"), [(True, True), (True, False), (False, True)], ids=["both", "old", "new"]
)
def test_words_confidential_in_either_version_are_hidden_in_both(before, after):
    old = [objective("SECRET old", "A1", confidential=before, actions=[{"title": "SECRET a"}])]
    new = [objective("SECRET new", "A1", confidential=after, actions=[{"title": "SECRET b"}])]
    [change] = objectives(old, new, OUTSIDE)
    assert (told(change), change.is_hidden) == (("changed", "1", "", {}), True)
    assert "SECRET" not in everything([change])
    for reader in (CLEARED, INSIDE):
        [change] = objectives(old, new, reader)
        assert (change.words, change.is_hidden) == ("SECRET new", False)


@pytest.mark.parametrize(("old", "new"), [([], ["SECRET"]), (["SECRET"], [])], ids=["added", "removed"])
def test_hidden_words_that_come_or_go(old, new):
    made = [
        [objective(title, "A1", confidential=True, actions=[{"title": "SECRET"}]) for title in titles]
        for titles in (old, new)
    ]
    [change] = objectives(*made, OUTSIDE)
    assert (change.label, change.is_hidden, change.parts) == ("1", True, ())
    assert "SECRET" not in everything([change])


def test_hidden_words_that_stay_are_no_change():
    same = [objective("SECRET", "A1", confidential=True)]
    assert objectives(same, same, OUTSIDE) == []


def test_a_confidential_action_below_an_open_objective():
    old = [objective("Open", "A1", actions=[{"title": "SECRET one", "confidential": True}])]
    new = [objective("Open", "A1", actions=[{"title": "SECRET two", "confidential": True}])]
    [change] = objectives(old, new, OUTSIDE)
    assert (change.words, [part.is_hidden for part in change.parts]) == ("Open", [True])
    assert "SECRET" not in everything([change])


def test_diagnosis_motivations_and_passages():
    secret = {"confidential": True}
    changes = [
        *diagnoses([{"text": "SECRET old text", **secret}], [{"text": "SECRET new text", **secret}], OUTSIDE),
        *motivations(
            {"A1": {"choice": "regular", "line": "SECRET old"}},
            {"A1": {"choice": "regular", "reason": "capacity", "line": "SECRET new", **secret}},
            OUTSIDE,
        ),
        *passages(
            content(passages=[{"item": "A1", "quote": "SECRET", "elements": ["due"], "page": 7}]),
            content(
                passages=[{"item": "A1", "quote": "SECRET", "elements": ["result"], "page": 7, **secret}]
            ),
            OUTSIDE,
        ),
    ]
    assert [(str(change.change), change.is_hidden) for change in changes] == [("changed", True)] * 3
    assert [word for word in ("SECRET", "capacity", "7") if word in everything(changes)] == []


def test_a_passage_on_a_confidential_objective_is_confidential():
    secret = [objective("SECRET", "A1", confidential=True)]
    hung = {"item": "A1", "quote": "SECRET", "elements": ["due"], "objective": "1"}
    [change] = passages(content(objectives=secret), content(objectives=secret, passages=[hung]), OUTSIDE)
    assert (change.quote, change.is_hidden) == ("", True)


@pytest.mark.parametrize("reader", [OUTSIDE, CLEARED])
def test_entries_of_a_hidden_item_do_not_exist(reader):
    old = [objective("SECRET", "A9", actions=[{"title": "SECRET", "items": ["A9"]}])]
    assert objectives(old, [], reader, **SECRET_ITEM) == []
    assert objectives([], old, reader, **SECRET_ITEM) == []
    assert [change.words for change in objectives([], old, INSIDE, **SECRET_ITEM)] == ["SECRET"]


@pytest.mark.parametrize("reader", [OUTSIDE, CLEARED])
def test_an_item_hidden_in_one_version_is_hidden_in_both(reader):
    open_one = {"choices": {"A9": {"choice": "regular", "line": "SECRET line"}}}
    parts = {
        "objectives": [objective("SECRET", "A9")],
        "diagnosis": [{"text": "SECRET", "items": ["A9"]}],
        "passages": [{"item": "A9", "quote": "SECRET", "elements": ["due"]}],
    }
    for old, new in ((open_one | parts, SECRET_ITEM), (SECRET_ITEM, open_one | parts)):
        pair = content(**old), content(**new)
        assert passages(*pair, reader) == []
        assert motivations(dict(pair[0].choices), dict(pair[1].choices), reader) == []
    choices = {"A9": {"choice": "regular", "item_confidential": True}}
    assert objectives(parts["objectives"], [], reader, choices=choices) == []


def test_naming_a_hidden_item_is_not_told():
    old, new = [objective("Open", "A1")], [objective("Open", "A1", "A9")]
    assert objectives(old, new, OUTSIDE, **SECRET_ITEM) == []
    assert [
        naming.item for change in objectives(old, new, INSIDE, **SECRET_ITEM) for naming in change.named
    ] == ["A9"]


def test_an_objective_of_a_hidden_item_tells_only_of_its_open_parts():
    old = [objective("SECRET old", "A9", actions=[{"title": "Open", "items": ["A1"]}])]
    new = [objective("SECRET new", "A9", actions=[{"title": "Open", "items": ["A1"], "due": "2028"}])]
    same = [objective("SECRET new", "A9", actions=[{"title": "Open", "items": ["A1"]}])]
    assert objectives(old, same, OUTSIDE, **SECRET_ITEM) == []
    [change] = objectives(old, new, OUTSIDE, **SECRET_ITEM)
    assert (change.words, change.is_hidden, [told(part) for part in change.parts]) == (
        "",
        True,
        [("changed", "", "Open", {"due": "[+2028+]"})],
    )
    assert "SECRET" not in everything([change])


def test_what_another_edition_hides_stays_hidden():
    """Compared under one edition, kept back under the other: the entry names other items there."""
    compared = content(objectives=[objective("SECRET", "A1")])
    other = content(objectives=[objective("SECRET", "A9")], **SECRET_ITEM)
    hidden = frozenset({"A9"})
    assert side_of([compared, other], hidden, OUTSIDE).objectives == ()
    assert [entry.heading for entry in side_of([compared], hidden, OUTSIDE).objectives] == ["SECRET"]
