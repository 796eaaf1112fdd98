"""Which functions change what is stored: found by looking at the product, not listed by hand.

Every public function of a service module that takes `by`, that writes rows or files, or that calls one that
does. Of these, WITHOUT_STORY is what it says, each for the reason given.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, ModuleType

import framework.services
import kiv.accounts.services
import kiv.audit.services
import kiv.sweeping
import kiv.territory.loading
import kiv.territory.services
import plans.mail
import plans.services

ROOTS = (
    framework.services,
    kiv.accounts.services,
    kiv.audit.services,
    kiv.sweeping,
    kiv.territory.loading,
    kiv.territory.services,
    plans.mail,
    plans.services,
)
WRITING = {
    *("save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"),
    *("update", "unlink", "mkstemp"),
}

#: Why → the names that no story has.
WITHOUT_STORY = {
    "a part of acts: runs inside the transaction that another service has opened": """
        framework.services.correspondences.write_links
        framework.services.editing.change_of
        framework.services.editing.note_all_corrections
        framework.services.editing.note_corrections
        framework.services.files.remove_files
        framework.services.requests.withdraw_if_changed
        framework.services.requests.withdraw_pending
        framework.services.storing.store_contents
        framework.services.storing.store_framework_title
        framework.services.storing.store_links
        framework.services.storing.store_texts
        kiv.audit.services.record
        kiv.audit.services.record_all
        plans.mail.composing.keep_tellable
        plans.mail.composing.notices_in
        plans.mail.telling.notify
        plans.services.carried_rows.carry_reviewed
        plans.services.carried_rows.carry_rows
        plans.services.carried_rows.hide_relatives
        plans.services.carrying.carry_conclusion
        plans.services.decisions.reopen
        plans.services.editing.change_of
        plans.services.editing.store_checked_scores
        plans.services.entries.set_items
        plans.services.laying.attach_evidence
        plans.services.laying.lay_passages
        plans.services.laying.mark_accepted
        plans.services.laying.settle_evidence
        plans.services.remarks.ask_clarification
        plans.services.remarks.withdraw_clarification
        plans.services.reviewing.reading_to_write
        plans.services.reviewing.record_reading
        plans.services.reviewing.reviewing
        plans.services.scores.store_scores
        plans.services.sharing.keep_snapshot
        plans.services.suggesting.store_answers
        plans.services.suggesting.suggest_for_document
    """,
    "writes nothing: makes the event that others store": "kiv.audit.services.event_of",
    "has files and no rows: killed in test_files.py": """
        framework.services.files.remove_stray_files
        kiv.sweeping.sweep
        plans.services.originals.remove_originals
        plans.services.originals.store_original
    """,
}


def find_acts() -> set[str]:
    """The dotted names of all functions that change what is stored."""
    return {name_of(function) for function in functions() if _takes_by(function) or _writes(function)}


def name_of(function: Callable) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def functions() -> Iterator[Callable]:
    """The public functions of the service modules, each where it is written."""
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


@cache
def _modules() -> list[ModuleType]:
    inner = (
        importlib.import_module(found.name)
        for root in ROOTS
        for found in pkgutil.iter_modules(getattr(root, "__path__", ()), f"{root.__name__}.")
    )
    return [*ROOTS, *inner]


def _takes_by(function: Callable) -> bool:
    return "by" in inspect.signature(function).parameters


def _writes(function: Callable, seen: frozenset[Callable] = frozenset()) -> bool:
    """Whether it calls a method that writes, or another function of the services that does."""
    function = inspect.unwrap(function)
    names = set(_names_in(function.__code__))
    if not WRITING.isdisjoint(names):
        return True
    called = {
        inspect.unwrap(target)
        for name in names
        if inspect.isfunction(target := function.__globals__.get(name))
    }
    ours = {
        target for target in called - seen if target.__module__ in {module.__name__ for module in _modules()}
    }
    return any(_writes(target, seen | {function, *ours}) for target in ours)


def _names_in(code: CodeType) -> Iterator[str]:
    """The names it uses, also inside its comprehensions and lambdas."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)
