"""`manage.py prepare`: everything between new sources and a working server, in one go.

What lives here: the order of the steps. Not here: the steps. Every step may be repeated at will.
"""

import time
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from kiv.catalogues import compile_catalogues


class Command(BaseCommand):
    help = (
        "Compiles translations, migrates the database, collects static files, loads the editions, their "
        "lexicons, the zones, the cycles and, in the demonstration only, the demonstration data. Run it "
        "after every update."
    )

    def handle(self, *args, **options) -> None:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        self._step("translations", compile_catalogues)
        self._run("database", "migrate", interactive=False, verbosity=0)
        self._run("cache table", "createcachetable")
        self._run("static files", "collectstatic", interactive=False)
        # The names begin with the years: each edition comes after its predecessor.
        for path in sorted(Path(settings.BASE_DIR, "framework", "data").glob("kiv-*.yaml")):
            self._run(f"edition {path.stem}", "load_edition", str(path), publish=True)
        self._run("lexicons", "load_lexicon")
        self._run("police zones", "load_zones")
        self._run("cycles", "load_cycles")
        if settings.DEMO:
            self.stdout.write(self._run("demonstration data", "load_demo"))

    def _run(self, name: str, command: str, *arguments: str, **options) -> str:
        """What the command printed; errors come through as they are."""
        output = StringIO()
        self._step(name, call_command, command, *arguments, stdout=output, stderr=self.stderr, **options)
        return output.getvalue()

    def _step(self, name: str, work, *arguments, **options) -> None:
        self.stdout.write(f"  {name:<24}", ending="")
        self.stdout.flush()
        begin = time.monotonic()
        work(*arguments, **options)
        self.stdout.write(f"{time.monotonic() - begin:5.1f} s")
