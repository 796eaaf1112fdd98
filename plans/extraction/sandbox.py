"""`extract`: a document read in a child process with limits. Whatever the file does, it does it there.

The child gets an empty environment, no open files but its pipes, and limits on memory, processor time, open
and written files (child.py). Here: wall-clock time, size of the answer, and that nothing stays behind.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

from plans.extraction.types import Code, Document, Limits, Refused
from plans.extraction.wire import Malformed, pack_request, unpack_answer

CHILD = Path(__file__).with_name("child.py")
_PIECE = 1 << 16


def extract(data: bytes, *, name: str, limits: Limits | None = None) -> Document:
    """What the file holds, in at most `limits.seconds` seconds.

    `name` is the file's name as uploaded; its ending says what the content must be. Raises Refused with a
    stable code and nothing else. Blocks; safe in threads; leaves no process, file or descriptor behind.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise Refused(Code.TOO_LARGE, "bytes")
    answer, status = _run_child(pack_request(data, name, limits), limits)
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        raise Refused(Code.TOO_SLOW, "processor")
    if status != 0:
        raise Refused(Code.UNREADABLE, f"status {status}")
    try:
        return unpack_answer(answer)
    except Malformed as error:
        raise Refused(Code.UNREADABLE, f"answer: {error}") from error


def _run_child(request: bytes, limits: Limits) -> tuple[bytes, int]:
    """The child's answer and exit status (negative: the signal that ended it)."""
    command = [sys.executable, "-I", "-B", str(CHILD), str(limits.seconds), str(limits.memory)]
    child = subprocess.Popen(  # noqa: S603 - our own script; file and name go through stdin
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
        start_new_session=True,
        bufsize=0,
    )
    try:
        deadline = time.monotonic() + limits.seconds
        answer = _converse(child, request, deadline, limits.output)
        _await_exit(child, deadline)
    finally:
        _end(child)
        child.stdin.close()
        child.stdout.close()
    return answer, child.returncode


def _converse(child: subprocess.Popen, request: bytes, deadline: float, most: int) -> bytes:
    """Feeds the request and gathers the answer side by side, so that neither pipe can block the other."""
    view, sent = memoryview(request), 0
    parts: list[bytes] = []
    received = 0
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise Refused(Code.TOO_SLOW, "clock")
            for key, _ in selector.select(left):
                if key.fileobj is child.stdin:
                    sent = _send(child, view, sent)
                    if sent == len(view):
                        selector.unregister(child.stdin)
                        child.stdin.close()
                    continue
                part = os.read(child.stdout.fileno(), _PIECE)
                received += len(part)
                if received > most:
                    raise Refused(Code.TOO_LARGE, "answer")
                if part:
                    parts.append(part)
                else:
                    selector.unregister(child.stdout)
    return b"".join(parts)


def _await_exit(child: subprocess.Popen, deadline: float) -> None:
    """Waits without burying the child: while it lies there its group's number belongs to nobody else."""
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > deadline:
            raise Refused(Code.TOO_SLOW, "clock")
        time.sleep(0.001)


def _send(child: subprocess.Popen, view: memoryview, sent: int) -> int:
    """How much of the request has gone; all of it when the child no longer listens."""
    try:
        return sent + os.write(child.stdin.fileno(), view[sent : sent + _PIECE])
    except BlockingIOError:
        return sent
    except BrokenPipeError:
        return len(view)


def _end(child: subprocess.Popen) -> None:
    """Ends the child, unless it has ended, and whatever it may have started; then buries it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
