"""The shape of the house, as far as no tool holds it already.

Import contracts are checked by `run.py check` (import-linter), not here.
"""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kiv", "framework", "plans")
PYTHON_LINES, TEMPLATE_LINES = 300, 150
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
_LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def find_python_files() -> list[Path]:
    folders = [ROOT / name for name in (*PACKAGES, "tasks", "tests", "benchmarks")]
    files = [path for folder in folders for path in folder.rglob("*.py")] + list(ROOT.glob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts)


def find_templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / name for name in PACKAGES)]
    return sorted(
        path for folder in folders for pattern in ("*.html", "*.txt") for path in folder.rglob(pattern)
    )


def find_commands() -> list[str]:
    files = [path for name in PACKAGES for path in (ROOT / name).glob("**/management/commands/*.py")]
    return sorted(path.stem for path in files if not path.stem.startswith("_"))


def find_rooms() -> list[str]:
    """What docs/architecture.md must name: every package of the house down to the second level."""
    folders = [ROOT / name for name in PACKAGES]
    folders += [path for folder in folders for path in folder.iterdir() if path.is_dir()]
    unnamed = {"migrations", "__pycache__"}
    return sorted(f"{path.relative_to(ROOT)}/" for path in folders if path.name not in unnamed)


def shown(paths) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_files_stay_small():
    assert shown(path for path in find_python_files() if len(lines_of(path)) >= PYTHON_LINES) == []
    assert shown(path for path in find_templates() if len(lines_of(path)) >= TEMPLATE_LINES) == []


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "util", "common", "helpers", "helper", "misc"}
    assert shown(path for path in find_python_files() if {path.stem, path.parent.name} & drawers) == []


def test_every_module_says_what_lives_there():
    named = [path for path in find_python_files() if path.stem not in {"__init__", "apps", "formats"}]
    assert shown(path for path in named if not ast.get_docstring(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "module", ["plans.scoring", "plans.planformat", "framework.parsing", "kiv.datafile", "kiv.localized"]
)
def test_pure_cores_load_no_django(module):
    code = (
        f"import sys, {module}; print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"\sstyle\s*=", id="inline style"),
        pytest.param(r"<style\b", id="style element"),
        pytest.param(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", id="inline script"),
        pytest.param(r"\s(?:on[a-z]+|(?:data-)?hx-on[:\w-]*)\s*=\s*[\"']", id="event attribute"),
        pytest.param(r"\|\s*safe\b|{%\s*autoescape\s+off", id="text that is not escaped"),
        pytest.param(r"(?:src|href)=[\"']https?://[^\"']*\.(?:js|css|woff2?)", id="asset from elsewhere"),
    ],
)
def test_templates_keep_to_the_policy(pattern):
    rule = re.compile(pattern)
    assert shown(path for path in find_templates() if rule.search(path.read_text(encoding="utf-8"))) == []


def test_no_test_uses_a_lenient_client():
    lenient = re.compile(r"from django\.test import .*\b(?:Async)?Client\b|from django\.test\.client import")
    strict = ROOT / "tests" / "strict.py"
    files = [path for path in (ROOT / "tests").rglob("*.py") if path != strict]
    assert shown(path for path in files if lenient.search(path.read_text())) == []


def test_every_dependency_has_its_reason():
    project = tomllib.loads(PYPROJECT)
    names = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    lines = [
        line for line in PYPROJECT.splitlines() if re.match(r'\s+"[A-Za-z][\w.-]*(?:\[\w+\])?[~>=]', line)
    ]
    assert len(lines) == len(names)
    assert [line for line in lines if not re.search(r",\s+# \w.{10,}", line)] == []


def test_locks_name_no_address_and_agree():
    locks = {
        name: (ROOT / "requirements" / f"{name}.lock").read_text() for name in ("runtime", "development")
    }
    assert [name for name, text in locks.items() if "://" in text or "index-url" in text] == []
    runtime, development = (set(_LOCKED.findall(locks[name])) for name in ("runtime", "development"))
    assert runtime - development == set()


def test_locks_pin_every_dependency_within_its_limits():
    # pip itself refuses a lock that leaves something out (--require-hashes).
    from packaging.requirements import Requirement

    project = tomllib.loads(PYPROJECT)
    locked = dict(_LOCKED.findall((ROOT / "requirements" / "development.lock").read_text()))
    names = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    wanted = [Requirement(name) for name in names]
    away = [str(each) for each in wanted if not each.specifier.contains(locked.get(each.name.lower(), "0"))]
    assert away == []


def test_operations_names_every_command():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [name for name in find_commands() if f"manage.py {name}" not in text] == []


def test_architecture_names_every_room():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in find_rooms() if f"`{name}`" not in text] == []


def test_tests_mirror_the_sources():
    """A folder of tests is called as the package or the module that it tests, or is one of the tests' own."""
    own = {"factories", "e2e", "killed", "components", "data", "__pycache__"}
    folders = [path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("*") if path.is_dir()]
    mirrors = [path for path in folders if not own & set(path.parts)]
    assert [str(path) for path in mirrors if not is_source(path)] == []


def is_source(path: Path) -> bool:
    return (ROOT / path).is_dir() or any((ROOT / path.parts[0]).rglob(f"{path.name}.py"))
