"""The chapters of a plan that the product can write: argumentation matrix, alignment, motivations.

`chapters_of` gives them as one dataclass in the plan's language, whatever the reader's, holding only what the
reader may see (plans.selectors.disclosure). Not here: sentences (chapter_sentences), tables (chapter_matrix,
chapter_tables), and how it looks: chapters_docx, chapters_pdf, templates/plans/chapters.html.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiv.localized import localize
from plans.models import Assessment
from plans.reports import chapter_matrix as matrix
from plans.reports import chapter_sentences as sentences
from plans.reports import chapter_tables as tables
from plans.reports.chapter_places import Places
from plans.reports.chapter_types import Chapter, Chapters, Listing, Piece, Row, clean
from plans.selectors.check import check_of
from plans.selectors.disclosure import Reader
from plans.selectors.entry_list import entry_list
from plans.selectors.shown import Check


@dataclass(frozen=True, slots=True)
class _Made:
    """What the three chapters are made of."""

    check: Check
    edition: str
    places: Places


def chapters_of(assessment: Assessment, reader: Reader) -> Chapters:
    """The chapters as far as `reader` may know them. At most sixteen queries, whatever the plan holds."""
    version = assessment.version
    plan = version.plan
    with override(plan.language):
        made = _read(assessment, reader)
        chapters = (_matrix(made), _alignment(made), _motivation(made))
        parts = list(_parts(chapters))
        has_confidential = any(part.is_confidential for part in parts)
        is_withheld = any(row.is_hidden for row in made.check.rows) or any(
            isinstance(part, Piece) and part.is_hidden for part in parts
        )
        saved = localtime(version.shared_at or version.changed_at)
        return Chapters(
            language=plan.language,
            title=clean(f"{plan.get_kind_display()} {plan.cycle} · {plan.place_name}"),
            place=clean(plan.place_name),
            facts=(
                clean(made.edition),
                sentences.version_sentence(version, date_format(saved, "SHORT_DATETIME_FORMAT")),
                *sentences.disclosure_sentences(has_confidential=has_confidential, is_withheld=is_withheld),
            ),
            saved_at=saved,
            chapters=chapters,
            mark=_("confidential"),
            has_confidential=has_confidential,
            is_withheld=is_withheld,
        )


def _read(assessment: Assessment, reader: Reader) -> _Made:
    check = check_of(assessment, reader)
    entries = entry_list(assessment, reader, [row.item for row in check.rows])
    documents = {
        document.number: ""
        if reader.hides_words(is_confidential=document.is_confidential)
        else document.title
        for document in assessment.version.documents.all()
    }
    edition = localize(assessment.edition.title, assessment.version.plan.language)
    return _Made(check, edition, Places(entries, documents))


def _matrix(made: _Made) -> Chapter:
    columns = matrix.matrix_columns(made.check, made.places)
    return Chapter(
        key="matrix",
        title=_("Argumentation matrix"),
        sentences=(
            sentences.matrix_sentence(clean(made.edition), has_diagnosis=columns.has_entries),
            *sentences.choice_sentences(made.check),
            *sentences.left_out_sentences(columns.left_out, has_diagnosis=columns.has_entries),
        ),
        tables=tuple(matrix.matrix_table(group, columns) for group in made.check.groups if group.total),
        is_wide=True,
    )


def _alignment(made: _Made) -> Chapter:
    own = tuple(tables.own_pieces(made.check, made.places))
    return Chapter(
        key="alignment",
        title=_("Alignment table"),
        sentences=tuple(sentences.alignment_sentences(made.check, clean(made.edition))),
        tables=tuple(
            tables.alignment_table(group, made.check, made.places)
            for group in made.check.groups
            if group.total
        ),
        listing=Listing(_("Own priorities, not compared"), sentences.own_sentence(), own) if own else None,
    )


def _motivation(made: _Made) -> Chapter:
    return Chapter(
        key="motivation",
        title=_("Motivation of what was not retained"),
        sentences=tuple(sentences.motivation_sentences(made.check)),
        tables=tuple(tables.motivation_tables(made.check, made.places)),
    )


def _parts(chapters: tuple[Chapter, ...]) -> Iterator[Row | Piece]:
    for chapter in chapters:
        for table in chapter.tables:
            yield from table.rows
            yield from table.pieces
        if chapter.listing:
            yield from chapter.listing.pieces
