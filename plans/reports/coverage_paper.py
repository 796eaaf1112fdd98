"""The coverage report to take along: with the words for what is shown, and for what is not and why.

Behind every file of it: coverage_xlsx, coverage_csv, coverage_json, coverage_pdf. In one language, that of
the reader. Figures come from plans.reports.coverage, and nothing is counted here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from framework.models import Item
from kiv.localized import localize, shown_language
from kiv.templatetags.kiv_ui import LEVELS, STATES, current_language
from plans.enums import PlanKind
from plans.reports.coverage import Coverage
from plans.selectors.coverage import Basis, PlanRow, Standing

STANDINGS = {
    Standing.NO_PLAN: gettext_lazy("no plan"),
    Standing.PREPARATION: gettext_lazy("in preparation"),
    Standing.SHARED: gettext_lazy("shared, not reviewed yet"),
    Standing.REVIEWED: gettext_lazy("reviewed"),
}
BASES = {
    Basis.SHARED: gettext_lazy("latest shared version"),
    Basis.REVIEWED: gettext_lazy("latest reviewed version"),
}
Value = str | int | date | datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the cover. Times are local."""

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Head:
    """An item as the head of a column. `language` is that of `title`."""

    code: str
    kind: str
    title: str
    language: str

    @property
    def label(self) -> str:
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True)
class CoveragePaper:
    """`facts`: what is shown; `counts`: how many plans stand where; `notes`: what is not shown, and why."""

    coverage: Coverage
    language: str
    made_at: datetime
    title: str
    facts: tuple[Fact, ...]
    counts: tuple[Fact, ...]
    notes: tuple[str, ...]
    heads: tuple[Head, ...]

    @property
    def name(self) -> str:
        """For a file's name: of letters that every system takes."""
        scope = self.coverage.scope
        return f"kiv coverage {scope.cycle} {scope.edition.code}"


def paper_of(
    coverage: Coverage, *, area: str, filters: tuple[tuple[str, str], ...] = (), made_at: datetime
) -> CoveragePaper:
    """In the language that is active. `area`: the reader's, in words; `filters`: what was asked besides the
    scope's own words, as label and value.
    """
    scope, language = coverage.scope, current_language()
    made_at = localtime(made_at)
    edition = localize(scope.edition.title, language) or scope.edition.code
    return CoveragePaper(
        coverage=coverage,
        language=language,
        made_at=made_at,
        title=_("Coverage of %(edition)s, cycle %(cycle)s") % {"edition": edition, "cycle": scope.cycle},
        facts=(
            Fact(_("Cycle"), str(scope.cycle)),
            Fact(_("Checked against"), f"{edition} ({scope.edition.code})"),
            Fact(_("Plans"), str(PlanKind(scope.kind).label)),
            Fact(_("Version shown"), str(BASES[scope.basis])),
            Fact(_("Area"), area),
            *(Fact(label, value) for label, value in filters),
            Fact(_("Made on"), made_at),
        ),
        counts=tuple(
            Fact(str(STANDINGS[standing]), number) for standing, number in coverage.standings.items()
        ),
        notes=tuple(_notes(coverage)),
        heads=tuple(_head(item, language) for item in coverage.items),
    )


def _head(item: Item, language: str) -> Head:
    text = item.short or item.title
    return Head(item.code, item.kind, localize(text, language), shown_language(text, language))


def _notes(coverage: Coverage) -> Iterator[str]:
    yield _("Everything is as readers outside the zone see it.")
    yield _("What is confidential as a whole reads “%(word)s” and is in no count.") % {
        "word": confidential_word()
    }
    yield _("Of a plan in preparation nothing is shown but that it is there.")
    missing = [row for row in coverage.rows if not row.cells and row.version is not None]
    if missing:
        yield ngettext(
            "%(n)s shared plan was checked against another framework note only: its items are not shown.",
            "%(n)s shared plans were checked against another framework note only: their items are not shown.",
            len(missing),
        ) % {"n": len(missing)}
    if coverage.scope.basis == Basis.REVIEWED:
        yield _("Plans of which no version was reviewed yet show no items.")
    yield _("Numbers of plans, never a mean or a rank: the items of a plan are not added up.")


def confidential_word() -> str:
    return pgettext("cell", "confidential")


def level_words(level: int) -> str:
    """ "2 objective and action" """
    return f"{level} {LEVELS[level]}"


def state_words(state: str) -> str:
    return str(STATES[state])


def shared_on(row: PlanRow) -> date | None:
    """The day on which the version that is shown was shared, in Belgium."""
    return localtime(row.shared_at).date() if row.shared_at else None
