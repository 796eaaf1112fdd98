"""The scorer stands on its own: no Django, no dependence on the hash seed of the process."""

import os
import subprocess
import sys
from pathlib import Path

import plans.scoring

ROOT = Path(plans.scoring.__file__).resolve().parents[2]


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_loads_no_django():
    loaded = run("import sys, plans.scoring; print(*sys.modules)").split()
    assert "plans.scoring.scorer" in loaded
    assert [name for name in loaded if name.split(".")[0] == "django"] == []


EXAMPLE = """
import json
from plans.scoring import *
items = tuple(Item(f"X{n}", (ItemKind.PRIORITY, ItemKind.THEME)[n % 2], n) for n in range(7))
names = tuple(Naming(item.code) for item in items)
pieces = [Piece(PieceKind.OBJECTIVE, "1", "goal", frozenset(Element), names, objective="1")]
pieces += [
    Piece(kind, str(n), "text", frozenset(Element), names[n:], frozenset(ChainLink), "1")
    for n in range(4) for kind in (PieceKind.ACTION, PieceKind.INDICATOR, PieceKind.PASSAGE)
]
score = score_plan(PlanInput("p", "e", items, tuple(pieces)))
print(json.dumps(score_as_json(score)), score)
"""


def test_same_output_under_another_hash_seed():
    assert run(EXAMPLE, PYTHONHASHSEED="1") == run(EXAMPLE, PYTHONHASHSEED="2")
