"""The lines of the history about editions and their word lists: for each event its forms, full to bare.

Joined to the others in plans.history_lines, where the rules for lines stand.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

EDITION_SENTENCES: Mapping[str, tuple[Any, ...]] = {
    "edition.loaded": (_("Edition %(code)s was loaded."), _("An edition was loaded.")),
    "edition.published": (_("Edition %(code)s was published."), _("An edition was published.")),
    "edition.started": (
        _("Draft edition %(code)s was started."),
        _("A draft edition was started."),
    ),
    "edition.changed": (_("Draft edition %(code)s was changed."), _("A draft edition was changed.")),
    "edition.part_added": (
        _("To draft edition %(code)s was added: %(of)s."),
        _("Something was added to a draft edition."),
    ),
    "edition.part_moved": (
        _("In draft edition %(code)s took another place: %(of)s."),
        _("Something took another place in a draft edition."),
    ),
    "edition.part_removed": (
        _("From draft edition %(code)s was removed: %(of)s."),
        _("Something was removed from a draft edition."),
    ),
    "edition.file_given": (
        _("A file of an attachment of edition %(code)s was uploaded."),
        _("A file of an attachment was uploaded."),
    ),
    "edition.publication_asked": (
        _("The publication of edition %(code)s was asked."),
        _("The publication of an edition was asked."),
    ),
    "edition.publication_withdrawn": (
        _("The publication of edition %(code)s is no longer asked."),
        _("The publication of an edition is no longer asked."),
    ),
    "edition.correspondences_saved": (
        _("What became of items was saved for edition %(code)s. Decided: %(decided)s; open: %(undecided)s."),
        _("What became of items was saved for an edition."),
    ),
    "edition.archived": (_("Edition %(code)s was archived."), _("An edition was archived.")),
    "edition.restored": (
        _("Edition %(code)s is no longer archived."),
        _("An edition is no longer archived."),
    ),
    "edition.deleted": (_("Draft edition %(code)s was removed."), _("A draft edition was removed.")),
    "edition.corrected": (
        _("Texts of published edition %(code)s were corrected: %(texts)s."),
        _("Texts of a published edition were corrected."),
    ),
    "edition.erratum_added": (
        _("Erratum %(number)s to edition %(code)s was published."),
        _("An erratum to an edition was published."),
    ),
    "lexicon.loaded": (
        _("Version %(number)s of the word lists of %(edition)s was loaded."),
        _("Word lists were loaded."),
    ),
    "lexicon.draft_started": (
        _("Draft version %(number)s of the word lists of %(edition)s was started."),
        _("A draft of word lists was started."),
    ),
    "lexicon.draft_changed": (
        _("Draft version %(number)s of the word lists of %(edition)s was changed: %(of)s."),
        _("Draft version %(number)s of the word lists of %(edition)s was changed."),
        _("A draft of word lists was changed."),
    ),
    "lexicon.draft_removed": (
        _("Draft version %(number)s of the word lists of %(edition)s was removed."),
        _("A draft of word lists was removed."),
    ),
    "lexicon.put_in_force": (
        _("Version %(number)s of the word lists of %(edition)s was put in force, after version %(before)s."),
        _("Version %(number)s of the word lists of %(edition)s was put in force."),
        _("Word lists were put in force."),
    ),
}
