"""Every service that changes an edition asks who does it; one that is added is found here by itself."""

import importlib
import inspect
import pkgutil

import pytest

from framework import rules, services
from tests.factories.accounts import UserFactory
from tests.factories.framework import AttachmentFactory, EditionFactory, succeed
from tests.factories.territory import ZoneFactory
from tests.framework.changing import ITEM
from tests.framework.sample import SAMPLE

pytestmark = pytest.mark.django_db

#: Called by services that asked already: what they get is locked, or a part of a change.
WITHIN = {
    *("withdraw_pending", "withdraw_if_changed", "write_links", "store_links"),
    *("note_corrections", "note_all_corrections"),
}


def public_services() -> dict[str, object]:
    """Every public function of framework.services that takes `by`."""
    found = {}
    for module in pkgutil.iter_modules(services.__path__, f"{services.__name__}."):
        for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            is_own = one.__module__ == module.name
            if is_own and not name.startswith("_") and "by" in inspect.signature(one).parameters:
                found[name] = one
    return found


def enter(result) -> None:
    """A context manager begins when it is entered."""
    if hasattr(result, "__enter__"):
        with result:
            pass


@pytest.mark.parametrize("name", sorted(public_services().keys() - WITHIN))
@pytest.mark.parametrize("make", [lambda: UserFactory(lead_of=ZoneFactory()),
                                  lambda: UserFactory(is_system_administrator=True)])  # fmt: skip
def test_only_framework_administrators_change_an_edition(name, make):
    service = public_services()[name]
    before = EditionFactory(code="before", items=("A1",), published=True)
    edition = EditionFactory(code="draft", items=("A1",))
    succeed(before, edition)
    item = edition.items.get()
    known = {
        "by": make(),
        "edition": edition,
        "part": item,
        "model": type(item),
        "parent": edition,
        "attachment": AttachmentFactory(edition=edition),
        "titled": before,
        "framework": edition.framework,
        "code": "another",
        "period": (2030, 2031),
        "title": {"nl": "x"},
        "values": ITEM,
        "data": SAMPLE.encode(),
        "digest": "",
        "seen": "",
        "down": True,
        "language": "nl",
        "after": "y",
        "reason": "z",
        "sayings": (),
    }
    signature = inspect.signature(service)
    wanted = {key: known[key] for key, each in signature.parameters.items() if each.default is each.empty}
    bound = signature.bind_partial()
    bound.arguments.update(wanted)
    with pytest.raises(rules.NotAllowed):
        enter(service(*bound.args, **bound.kwargs))


def test_those_within_are_there():
    assert set(public_services()) >= WITHIN
