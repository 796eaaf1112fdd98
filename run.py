#!/usr/bin/env python3
"""The everyday entrance. Needs Python 3.11 or newer and nothing else.

python3 run.py              prepare everything, serve the demonstration on 127.0.0.1:8000 (PORT=… changes it)
python3 run.py test [ARGS]  the tests, on SQLite and on PostgreSQL, with a browser; ARGS go to pytest
                            (--no-skips: what cannot run is an error)
python3 run.py check        lint, import contracts, migrations, settings, translations; writes nothing
python3 run.py fix          what can be put right by itself: format, lint, catalogues
python3 run.py bench [NAME] the figures of benchmarks/
python3 run.py lock         write requirements/*.lock anew from pyproject.toml
python3 run.py manage ARGS  Django's manage.py with the environment of the demonstration
"""

import sys

# Before anything else is imported, and in words that an old Python can still read.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "KIV-toets needs Python 3.11 or newer; this is {}.{}.\n"
        "Start it with a newer one, for example: python3.11 run.py".format(*sys.version_info[:2])
    )


def main(arguments):
    from tasks import checking, locking, serving, testing

    works = {
        "serve": serving.serve,
        "manage": serving.manage,
        "test": testing.test,
        "bench": testing.bench,
        "check": checking.check,
        "fix": checking.fix,
        "lock": locking.lock,
    }
    name, *rest = arguments or ["serve"]
    if name not in works:
        print(__doc__)
        return 0 if name in {"-h", "--help", "help"} else 2
    try:
        return works[name](rest)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
