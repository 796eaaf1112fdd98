"""The child process: one file in, one answer out, then gone. Started by sandbox.py as a script, never
imported.

It takes its own limits before it loads anything that parses: a limit set here cannot be raised again by what
it reads, and no code runs between fork and exec in a server with threads.
"""

import json
import resource
import sys
from pathlib import Path

#: Open files at most; nothing is ever written to one.
OPEN_FILES = 32


def take_limits(seconds: int, memory: int) -> None:
    """Processor seconds and bytes of memory. A second after the warning signal the kernel ends the
    process."""
    for what, soft, most in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0, 0),
    ):
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            soft, most = min(soft, hard), min(most, hard)
        resource.setrlimit(what, (soft, most))


def main() -> None:
    take_limits(int(sys.argv[1]), int(sys.argv[2]))
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from plans.extraction.inline import extract_inline
    from plans.extraction.types import Code, Refused
    from plans.extraction.wire import pack_document, pack_refusal, unpack_request

    try:
        data, name, limits = unpack_request(sys.stdin.buffer.read())
        answer = pack_document(extract_inline(data, name=name, limits=limits))
    except Refused as refusal:
        answer = pack_refusal(refusal)
    except MemoryError:
        answer = json.dumps({"refused": Code.TOO_LARGE.value, "detail": "memory"}).encode()
    except Exception as error:  # noqa: BLE001 - the boundary of the process: the parent gets a code, not a trace
        answer = pack_refusal(Refused(Code.UNREADABLE, type(error).__name__))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
