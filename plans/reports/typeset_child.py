"""The child process that typesets: one JSON text in, one PDF out, then gone. typesetting starts it.

In the server itself typst would keep the memory of its last ten documents, up to half a gigabyte, and a fault
of typst would end the worker. Limits are taken before anything is read and cannot be raised again.
"""

import resource
import sys
from pathlib import Path


def take_limits(seconds: int, memory: int) -> None:
    """Processor seconds and bytes of memory; no file is written."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Arguments: frame, template, an empty folder, seconds, bytes of memory, the file's moment since 1970."""
    frame, template, nothing, seconds, memory, moment = sys.argv[1:]
    take_limits(int(seconds), int(memory))
    import typst

    pdf = typst.compile(
        Path(frame).read_bytes() + Path(template).read_bytes(),
        root=nothing,
        font_paths=[],
        ignore_system_fonts=True,
        package_path=nothing,
        package_cache_path=nothing,
        format="pdf",
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        pdf_standards=["ua-1"],
        timestamp=int(moment),
    )
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
