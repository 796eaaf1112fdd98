"""The catalogues of translated words: compiled at set-up, held complete, kept in step with the sources.

    python -m kiv.catalogues compile    .po → .mo, without system gettext
    python -m kiv.catalogues check      every message in every language, with the same placeholders
    python -m kiv.catalogues compare    … and the same messages as the sources (needs xgettext)
    python -m kiv.catalogues update     take new messages from the sources, drop old ones (needs xgettext)

What lives here: files under locale/. Not here: texts that are data (kiv.localized). Loads no settings.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kiv.localized import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
LOCALE_DIR = ROOT / "locale"
#: What has words in it; tests, benchmarks and the start-up tasks speak English only.
SOURCES = ("kiv", "framework", "plans", "templates", "static", "manage.py")
#: The gallery of components is for developers, who read English.
WORDLESS = ("__pycache__", "gallery")
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: kiv-toets\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
# %(name)s, %s, {name} and tags of HTML: what a translation must carry over unchanged.
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-zA-Z]\w*(?=[\s/>])")
Key = tuple[str | None, str]


def po_path(language: str, locale_dir: Path = LOCALE_DIR) -> Path:
    return locale_dir / language / "LC_MESSAGES" / "django.po"


def compile_catalogues(locale_dir: Path = LOCALE_DIR) -> list[str]:
    """Write each .mo that is missing or older than its .po; the languages that were written."""
    written = []
    for language in LANGUAGES:
        source = po_path(language, locale_dir)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        draft = target.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, _read(source))
        draft.replace(target)  # a process that starts meanwhile reads the old one or the new one
        written.append(language)
    return written


def find_problems(locale_dir: Path = LOCALE_DIR) -> list[str]:
    """Missing catalogues, missing or fuzzy translations, placeholders that differ; one sentence each."""
    catalogues = {
        language: _read(path) for language in LANGUAGES if (path := po_path(language, locale_dir)).exists()
    }
    problems = [f"{language}: no catalogue" for language in LANGUAGES if language not in catalogues]
    known = {_key(message) for catalogue in catalogues.values() for message in _messages(catalogue)}
    for language, catalogue in catalogues.items():
        messages = list(_messages(catalogue))
        problems += [
            f"{language}: {key[1]!r} is missing" for key in _in_order(known - {_key(m) for m in messages})
        ]
        problems += [
            f"{language}: {_key(message)[1]!r} {what}" for message in messages for what in _faults(message)
        ]
    return problems


def find_differences(locale_dir: Path = LOCALE_DIR) -> list[str]:
    """Messages of the sources that the catalogues lack, and the reverse. Needs xgettext."""
    wanted = {_key(message) for message in _messages(extract_template())}
    path = po_path("en", locale_dir)
    present = {_key(message) for message in _messages(_read(path))} if path.exists() else set()
    return [f"not in the catalogues: {key[1]!r}" for key in _in_order(wanted - present)] + [
        f"no longer in the sources: {key[1]!r}" for key in _in_order(present - wanted)
    ]


def update_catalogues(locale_dir: Path = LOCALE_DIR) -> None:
    """Bring all four catalogues in step with the sources; English says what the message id says.

    The result depends on the sources and the existing translations only: no dates, no line numbers, no
    guesses. Translations of messages that are gone are dropped. Needs xgettext.
    """
    template = extract_template()
    for language in LANGUAGES:
        path = po_path(language, locale_dir)
        catalogue = _read(path) if path.exists() else Catalog(locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        for message in _messages(catalogue):
            message.locations.clear()
            if language == "en":
                message.string = message.id
                message.flags.discard("fuzzy")  # as where a message got a plural
        path.parent.mkdir(parents=True, exist_ok=True)
        plurals = PLURALS.get(language, "nplurals=2; plural=(n != 1);")
        with path.open("wb") as file:
            file.write(HEADER.format(language=language, plurals=plurals).encode())
            write_po(file, catalogue, width=0, no_location=True, omit_header=True, ignore_obsolete=True)


def extract_template() -> Catalog:
    """The messages of the sources as they are now, found by Django's makemessages in a copy of the tree."""
    with tempfile.TemporaryDirectory(prefix="kiv-messages-") as name:
        copy = Path(name)
        for source in SOURCES:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, copy / source, ignore=shutil.ignore_patterns(*WORDLESS))
            elif (ROOT / source).exists():
                shutil.copy2(ROOT / source, copy / source)
        (copy / "locale").mkdir()
        made = subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale=en", "--keep-pot", "--no-wrap"],
            cwd=copy,
            env={**os.environ, "KIV_SECRET_KEY": "x" * 60, "KIV_DATA_DIR": str(copy / "var")},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise SystemExit(f"makemessages: {made.stderr.strip()}")
        # A template has no language yet, hence no rule for plurals, which Babel would like to read.
        lines = (copy / "locale" / "django.pot").read_bytes().splitlines(keepends=True)
        return read_po(line for line in lines if b"nplurals=INTEGER" not in line)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _in_order(keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: (key[1], key[0] or ""))


def _faults(message: Message) -> Iterator[str]:
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    translations = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    if message.fuzzy:
        yield "is marked fuzzy"
    if not all(translations):
        yield "has no translation"
        return
    # In a singular "one" may stand for %(count)s: each form carries what the plural or the singular has.
    allowed = [sorted(set(_PLACEHOLDER.findall(source))) for source in sources]
    for translation in translations:
        found = sorted(set(_PLACEHOLDER.findall(translation)))
        if found not in allowed:
            yield f"has other placeholders in {translation!r}"
        if translation.startswith("\n") != sources[0].startswith("\n") or translation.endswith("\n") != (
            sources[0].endswith("\n")
        ):
            yield f"begins or ends on another line in {translation!r}"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            written = compile_catalogues()
            print(f"translations compiled: {', '.join(written) or 'nothing new'}")
            return 0
        case ["update"]:
            update_catalogues()
            return 0
        case ["check"]:
            problems = find_problems()
        case ["compare"]:
            problems = find_differences()
        case _:
            print(__doc__)
            return 2
    print("\n".join(problems) or "translations: nothing missing")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
