"""`manage.py measure_lexicon FILE… [--independent FILE…] [--edition CODE] [--out FILE]`: the shipped figures.

A developer's command: it needs no database. What is counted lives in `plans.selectors.shipped_figures`.
"""

import hashlib
import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from kiv.datafile import FileRefused
from plans import matching
from plans.management.commands.evaluate_matching import EDITION, REFUSED
from plans.matching.evaluate import Row
from plans.selectors.shipped_figures import (
    Figures,
    LexiconMeasured,
    MeasuredFile,
    SetFigures,
    figures_path,
    measure_set,
)
from plans.services.lexicons import content_digest


class Command(BaseCommand):
    help = (
        "Runs the shipped lexicon over labelled passages and writes the counts as JSON: those it was "
        "developed with, and apart from them those never used to improve it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="passages the lexicon was developed with"
        )
        parser.add_argument(
            "--independent", nargs="+", default=[], metavar="FILE", help="passages never used to improve it"
        )
        parser.add_argument("--edition", default=EDITION, help=f"the edition of the lexicon ({EDITION})")
        parser.add_argument("--out", metavar="FILE", help="where to write; the shipped file by default")

    def handle(
        self, *args, files: list[str], independent: list[str], edition: str, out: str | None, **options
    ) -> None:
        if not files and not independent:
            self._refuse("no file of labelled passages")
        try:
            sources = matching.shipped_files(settings.BASE_DIR / "framework" / "data", edition)
            parsed = [matching.parse_lexicon_file(source) for source in sources]
            lexicon = matching.join_languages(parsed)
        except FileNotFoundError:
            self._refuse(f"{edition}: there is no lexicon of this edition")
        except FileRefused as refused:
            self._refuse(f"{edition}: the lexicon is not in order: {refused.problems[0]}")
        compiled = matching.compile_lexicon(lexicon)
        figures = Figures(
            edition=edition,
            lexicon=LexiconMeasured(
                number=lexicon.version, sha256=content_digest(matching.content_of(parsed))
            ),
            matcher=matching.MATCHER_VERSION,
            sets={
                name: self._measure(paths, compiled, is_independent=name == "independent")
                for name, paths in (("independent", independent), ("developed", files))
                if paths
            },
        )
        written = Path(out) if out else figures_path(edition)
        written.write_text(json.dumps(figures.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
        if options["verbosity"]:
            for name, measured in figures.sets.items():
                self.stdout.write(f"{name}: {measured.passages} passages")

    def _measure(
        self, paths: list[str], lexicon: matching.CompiledLexicon, *, is_independent: bool
    ) -> SetFigures:
        measured: list[MeasuredFile] = []
        rows: list[Row] = []
        for path in paths:
            try:
                data = Path(path).read_bytes()
                own = matching.parse_rows(data, lexicon.items)
            except OSError as error:
                self._refuse(f"{path}: cannot be read: {error.strerror}")
            except matching.BadRows as reason:
                self._refuse(f"{path}: {reason}")
            digest = hashlib.sha256(data).hexdigest()
            measured.append(MeasuredFile(name=Path(path).name, sha256=digest, passages=len(own)))
            rows += own
        return measure_set(measured, rows, lexicon, is_independent=is_independent)

    def _refuse(self, line: str) -> None:
        self.stderr.write(line)
        sys.exit(REFUSED)
