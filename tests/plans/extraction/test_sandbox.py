"""What the child process may do, and what its parent makes of a child that misbehaves."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import plans.extraction
from plans.extraction import Code, Limits, Refused, extract, sandbox
from plans.extraction.inline import extract_inline
from plans.extraction.wire import Malformed, pack_document, pack_refusal, unpack_answer
from tests.plans.extraction.making_pdf import write_plan
from tests.plans.extraction.test_bad_files import count_open_files, list_children

ROOT = Path(plans.extraction.__file__).resolve().parents[2]
TEXT = b"Onze prioriteit is verkeersveiligheid in de hele zone."
LIMITS = Limits(seconds=1)


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Replaces the child by this code."""

    def replace(code: str) -> None:
        script = tmp_path / "child.py"
        script.write_text(f"import os, resource, signal, subprocess, sys, time\n{code}\n")
        monkeypatch.setattr(sandbox, "CHILD", script)

    return replace


MISBEHAVIOUR = {
    "sleeps": ("time.sleep(60)", Code.TOO_SLOW),
    "says nothing and sleeps": ("os.close(1); time.sleep(60)", Code.TOO_SLOW),
    "spins": (
        "resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nsys.stdin.buffer.read()\nwhile True: pass",
        Code.TOO_SLOW,
    ),
    "never stops talking": ("while True: os.write(1, b'x' * 65536)", Code.TOO_LARGE),
    "says nothing": ("sys.stdin.buffer.read()", Code.UNREADABLE),
    "does not listen": ("", Code.UNREADABLE),
    "exits with an error": ("sys.exit(3)", Code.UNREADABLE),
    "is killed": ("os.kill(os.getpid(), signal.SIGSEGV)", Code.UNREADABLE),
    "aborts": ("os.abort()", Code.UNREADABLE),
    "answers rubbish": ("print('plan')", Code.UNREADABLE),
    "answers half": ('print(\'{"kind": "txt"\')', Code.UNREADABLE),
    "answers another shape": ("print('{\"kind\": 1}')", Code.UNREADABLE),
    "answers an unknown code": ('print(\'{"refused": "bored", "detail": ""}\')', Code.UNREADABLE),
    "answers and fails": ('print(\'{"refused": "empty", "detail": ""}\'); sys.exit(1)', Code.UNREADABLE),
    "leaves a child": (
        "subprocess.Popen(['sleep', '61'])\nsys.stdin.buffer.read()\n",
        Code.TOO_SLOW,
    ),
}


@pytest.mark.parametrize("kind", MISBEHAVIOUR)
def test_a_child_that_misbehaves_is_ended_and_leaves_nothing(child, kind):
    code, expected = MISBEHAVIOUR[kind]
    child(code)
    before = (list_children(), count_open_files())
    start = time.monotonic()
    with pytest.raises(Refused) as refusal:
        extract(TEXT * 5_000, name="plan.txt", limits=LIMITS)
    assert refusal.value.code is expected, str(refusal.value)
    assert time.monotonic() - start < 5
    assert (list_children(), count_open_files()) == before
    wait_until(lambda: not any(b"sleep\x0061" in command for command in list_commands()))


def wait_until(is_so) -> None:
    """A killed grandchild is gone a moment later."""
    deadline = time.monotonic() + 3
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def list_commands() -> list[bytes]:
    commands = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            commands.append(path.read_bytes())
        except OSError:
            continue
    return commands


PROBE = """
import os, resource, sys
sys.path.insert(0, {root!r})
from plans.extraction.child import take_limits
take_limits(5, 300 * 1024 * 1024)
try:
    os.write(os.open({path!r}, os.O_CREAT | os.O_WRONLY), b"x" * 100)
    print("written")
except OSError as error:
    print("not written")
try:
    bytearray(400 * 1024 * 1024)
    print("got memory")
except MemoryError:
    print("no memory")
try:
    held = [open("/dev/null") for _ in range(40)]
    print("opened")
except OSError:
    print("not opened")
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_the_child_cannot_write_nor_take_memory_nor_open_many_files(tmp_path):
    path = tmp_path / "written"
    code = PROBE.format(root=str(ROOT), path=str(path))
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, timeout=20)
    assert done.stdout.splitlines() == ["not written", "no memory", "not opened", "(5, 6) (0, 0)"], (
        done.stderr
    )
    assert path.read_text() == ""


def test_the_child_sees_no_environment(child, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    child("import json\nprint(json.dumps({'refused': 'empty', 'detail': ' '.join(os.environ)}))")
    with pytest.raises(Refused) as refusal:
        extract(TEXT, name="plan.txt")
    assert "SECRET_KEY" not in refusal.value.detail.split()


def test_the_child_gives_what_reading_here_gives():
    data = write_plan()
    assert extract(data, name="plan.pdf") == extract_inline(data, name="plan.pdf")


def test_threads_read_side_by_side():
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(extract(TEXT, name="plan.txt").words)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [len(TEXT.split())] * 6


def test_loads_no_django_and_no_pdfium_for_text():
    code = (
        "import sys; from plans.extraction.inline import extract_inline;"
        "extract_inline(b'Verkeer in de zone', name='a.txt'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "plans" in loaded
    assert loaded & {"django", "pypdfium2", "pypdfium2_raw"} == set()


def test_answer_survives_the_wire():
    document = extract_inline(write_plan(), name="plan.pdf")
    assert unpack_answer(pack_document(document)) == document
    with pytest.raises(Refused) as refusal:
        unpack_answer(pack_refusal(Refused(Code.ENCRYPTED, "why")))
    assert (refusal.value.code, refusal.value.detail) == (Code.ENCRYPTED, "why")


def test_parent_believes_no_offset_outside_the_text():
    values = json.loads(pack_document(extract_inline(TEXT, name="plan.txt")))
    for start, end in ((0, 10_000), (-1, 4), (5, 2), (0, True), ("0", 4)):
        values["passages"][0][1:3] = [start, end]
        with pytest.raises(Malformed):
            unpack_answer(json.dumps(values).encode())


def test_working_directory_and_environment_of_the_parent_do_not_matter(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans.py").write_text("raise SystemExit(9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert extract(TEXT, name="plan.txt").language == "nl"
    assert os.listdir(tmp_path) == ["plans.py"]
