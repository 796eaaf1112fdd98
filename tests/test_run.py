"""run.py: the decisions it takes before it starts anything."""

import argparse
import os
import socket
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from tasks import checking, environment, locking, programs, serving, testing
from tasks.environment import Problem
from tests.session import is_in_part, read_part

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def var(tmp_path, monkeypatch) -> Path:
    """A machine on which nothing was ever started, and a shell that says nothing about the application."""
    for name in [name for name in os.environ if name.startswith("KIV_")] + ["DATABASE_URL", "PORT"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(environment, "VAR", tmp_path / "var")
    return tmp_path / "var"


@pytest.mark.parametrize(
    ("given", "demo"),
    [
        ({}, True),
        ({"KIV_DEMO": "1"}, True),
        ({"KIV_DEMO": "0"}, False),
        ({"KIV_SECRET_KEY": "x"}, False),
        ({"DATABASE_URL": "postgresql:///kiv"}, False),
        ({"KIV_DEMO": "1", "DATABASE_URL": "postgresql:///kiv"}, True),
        ({"KIV_DEMO": " ", "KIV_SECRET_KEY": " "}, True),
    ],
)
def test_whoever_brings_settings_wants_no_demonstration(given, demo):
    assert environment.is_demo(given) is demo


def test_demonstration_gets_a_secret_of_its_own_that_stays(var):
    first = environment.application_environment()
    assert first["KIV_DEMO"] == "1"
    assert len(first["KIV_SECRET_KEY"]) >= 50
    assert first["KIV_DATA_DIR"] == str(var / "demo")
    assert stat.S_IMODE((var / "demo-secret").stat().st_mode) == 0o600
    assert environment.application_environment()["KIV_SECRET_KEY"] == first["KIV_SECRET_KEY"]


def test_own_settings_never_meet_the_demonstrations_data(var, monkeypatch):
    monkeypatch.setenv("KIV_SECRET_KEY", "s" * 60)
    own = environment.application_environment()
    assert (own["KIV_DATA_DIR"], own["KIV_SECRET_KEY"], own.get("KIV_DEMO")) == (str(var), "s" * 60, None)
    assert not (var / "demo-secret").exists()


def test_own_database_without_a_secret_does_not_start(var, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///kiv")
    with pytest.raises(Problem, match="KIV_SECRET_KEY is not set"):
        environment.application_environment()
    assert not var.exists()


def test_port_in_use_is_said(var, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(Problem, match=f"port {port} is in use by another program; .*PORT={port + 1} "):
            serving.free_port()
    assert serving.free_port() == port


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_port_that_is_none_is_said(var, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Problem, match=f"PORT={port} is not a port"):
        serving.free_port()


@pytest.fixture
def installed(tmp_path, monkeypatch) -> Path:
    """An environment that is there, with nothing written of what was installed; installing is not allowed."""
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(environment, "PYTHON", python)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")

    def refuse(*arguments, **options):
        raise AssertionError("it installs")

    monkeypatch.setattr(environment, "run_or_stop", refuse)
    return tmp_path / "stamp"


def lock_hash(name: str) -> str:
    import hashlib

    return hashlib.sha256((ROOT / "requirements" / f"{name}.lock").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("has", "needs"), [("runtime", "runtime"), ("development", "development"), ("development", "runtime")]
)
def test_nothing_is_installed_twice(installed, has, needs):
    installed.write_text(f"{has} {lock_hash(has)}\n")
    environment.ensure_environment(needs)


@pytest.mark.parametrize("text", ["", f"runtime {'0' * 64}\n", "something else"])
def test_changed_lock_is_installed(installed, text):
    installed.write_text(text)
    with pytest.raises(AssertionError, match="it installs"):
        environment.ensure_environment("runtime")
    assert not installed.exists(), "an installation that was broken off counts as none"


def test_runtime_is_not_enough_for_development(installed):
    installed.write_text(f"runtime {lock_hash('runtime')}\n")
    with pytest.raises(AssertionError, match="it installs"):
        environment.ensure_environment("development")


def test_prepared_until_something_changes(tmp_path, monkeypatch):
    stamp = tmp_path / "prepared"
    changed = tmp_path / "zones.csv"
    changed.write_text("a")
    monkeypatch.setattr(serving, "inputs", lambda: [changed])
    assert serving.is_prepared({}, stamp) is False
    (tmp_path / "kiv.sqlite3").touch()
    (tmp_path / "static").mkdir()
    stamp.write_text(environment.fingerprint(changed))
    assert serving.is_prepared({}, stamp) is True
    assert serving.is_prepared({"DATABASE_URL": "postgresql:///kiv"}, stamp) is False
    changed.write_text("b")
    assert serving.is_prepared({}, stamp) is False
    changed.write_text("a")
    (tmp_path / "kiv.sqlite3").unlink()
    assert serving.is_prepared({}, stamp) is False


def test_inputs_are_what_prepare_reads():
    names = {str(path.relative_to(ROOT)) for path in serving.inputs()}
    assert {
        "requirements/runtime.lock",
        "kiv/settings.py",
        "framework/data/kiv-2022-2024.yaml",
        "kiv/audit/migrations/0001_initial.py",
    } <= names
    assert [name for name in names if name.endswith((".pyc", ".mo")) or name.startswith("var/")] == []


@pytest.mark.parametrize(
    ("statuses", "status"),
    [([0, 0], 0), ([0, 1], 1), ([2, 1], 2), ([0, 5], 0), ([5, 5], 5), ([5, 1], 1), ([0, -9], -9)],
)
def test_worst_status_counts(statuses, status):
    assert testing.worst(statuses) == status


def test_closing_line_adds_up():
    tally = Counter({"passed": 12, "skipped": 1, "failed": 2, "quiet": 30})
    assert testing.closing_line(tally, 3.14159).strip("= ") == "2 failed, 12 passed, 1 skipped in 3.14s"
    assert testing.closing_line(Counter(), 1).strip("= ") == "no tests ran in 1.00s"


def test_without_skips_a_missing_program_is_an_error(monkeypatch, capsys):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.delenv("KIV_NO_SKIPS", raising=False)
    monkeypatch.setattr(programs, "find_postgres", lambda: None)
    monkeypatch.setattr(programs, "find_chromium", lambda: None)
    monkeypatch.setattr(testing, "ensure_environment", lambda lock: None)
    monkeypatch.setattr(testing, "run_or_stop", lambda *arguments: None)
    ran = []

    def run_pytest(database, arguments, environment, stdout=None, stderr=None):
        ran.append(f"{database} {arguments[0]}")
        if stdout is not None:
            stdout.write(f"output of {database}")
        return 0, {"passed": 1}

    monkeypatch.setattr(testing, "run_pytest", run_pytest)

    assert testing.test(["--no-skips"]) == 1
    assert ran == []
    assert "PostgreSQL" in capsys.readouterr().out
    assert testing.test([]) == 0
    assert ran == ["sqlite --part=1/1"]
    assert capsys.readouterr().out.count("skipped: the ") == 2
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql:///x")
    assert testing.test([]) == 0
    assert sorted(ran) == ["postgresql --part=4/4", "sqlite --part=1-3/4", "sqlite --part=1/1"]
    assert "output of postgresql" in capsys.readouterr().out


def test_a_test_without_a_database_of_its_own_is_part_of_one_run_and_every_other_of_all(request):
    def item(name, fixtures=(), mark=None):
        return SimpleNamespace(
            nodeid=name, fixturenames=fixtures, get_closest_marker=lambda asked: asked == mark or None
        )

    def parts_of(item):
        return [text for text in testing.SHARES.values() if is_in_part(item, read_part(text))]

    without = [f"tests/test_{number}.py::test" for number in range(20)]
    assert {tuple(parts_of(item(name))) for name in without} == {("1-3/4",), ("4/4",)}
    for name in without:
        assert parts_of(item(f"{name}[a]")) == parts_of(item(f"{name}[b]")) == parts_of(item(name))
        assert is_in_part(item(name), read_part("1/1"))
        assert parts_of(item(name, ["page", "site"])) == parts_of(item(name))
        assert parts_of(item(name, ["db"])) == ["1-3/4", "4/4"]
        for mark in ("django_db", "postgres", "sqlite", "each_database"):
            assert parts_of(item(name, mark=mark)) == ["1-3/4", "4/4"]
    assert len(parts_of(request.node)) == 1


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "a/b", "-1/2", "1/2/3", "2-1/2", "1-3/2", "1-/2"])
def test_a_part_that_is_none_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        read_part(text)


def test_lock_without_uv_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(locking.shutil, "which", lambda name: None)
    with pytest.raises(Problem, match="needs uv: python3 -m pip install uv"):
        locking.lock([])


def test_documents_that_nobody_lists_and_links_that_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("[a](docs/a.md) [gone](docs/gone.md) [site](https://example.org/x)")
    (tmp_path / "CHANGELOG.md").write_text("")
    (tmp_path / "docs" / "a.md").write_text("[back](../README.md#top)")
    (tmp_path / "docs" / "b.md").write_text("")
    assert list(checking.find_document_problems()) == [
        "README.md does not list docs/b.md",
        "README.md points to docs/gone.md, which is not there",
    ]


def test_unknown_work_prints_what_there_is():
    done = subprocess.run(
        [sys.executable, "run.py", "dance"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "python3 run.py test" in done.stdout


def test_start_up_needs_the_standard_library_only():
    code = "import sys; sys.argv = ['run.py', 'help']; import run; run.main(['help'])"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); {code}"], cwd=ROOT
    )
    assert done.returncode == 0
