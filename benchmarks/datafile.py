"""How fast a full-size plan file is read, against the bare parser, and what the worst file of 1 MiB costs.

Prints values a second for 200 objectives of five full actions, and ratios within this run: reading against
only parsing the same text, YAML against JSON, the costliest refused file against the full-size plan.
"""

import json
from contextlib import suppress
from time import process_time

import yaml

from kiv.datafile import MAX_BYTES, FileRefused, load
from kiv.plainyaml import FastLoader, PlainLoader

#: Files of 1 MiB that hold as many values, lines or signs as fit.
WORST = {
    "numbers": b"a: [" + b"1," * (MAX_BYTES // 2 - 3) + b"]",
    "mappings": b"a:\n" + b"- {b: c}\n" * (MAX_BYTES // 9 - 1),
    "one text": b'a: "' + b"x " * (MAX_BYTES // 2 - 3) + b'"',
    "tabs and lines": b"#\t\n" + b"\n" * (MAX_BYTES - 3),
    "tabs and numbers": b"#\t\na: [" + b"1," * (MAX_BYTES // 2 - 4) + b"]",
}


def make_plan(objectives: int = 200, actions: int = 5) -> dict:
    action = {
        "title": "Controls near schools",
        "items": [{"item": "P1", "aspects": ["supply"]}, "T1"],
        "target_group": "drivers",
        "links": ["prevention", "reaction"],
        "responsible": "head of traffic",
        "due": "end of 2027",
        "capacity": "2 posts",
        "partners": ["schools", "municipality"],
    }
    objective = {"title": "Fewer accidents", "items": ["P1"], "result": "10 % fewer", "due": "2027"}
    entries = [objective | {"number": str(n), "actions": [action] * actions} for n in range(objectives)]
    # Through JSON, so that nothing is the same object twice: YAML would write an alias.
    return json.loads(json.dumps({"plan": {"name": "x"}, "edition": "e", "objectives": entries}))


def seconds_of(function, times: int = 3) -> float:
    spent = []
    for _ in range(times):
        start = process_time()
        with suppress(FileRefused):
            function()
        spent.append(process_time() - start)
    return min(spent)


def main() -> None:
    plan = make_plan()
    text = yaml.safe_dump(plan, allow_unicode=True, sort_keys=False)
    loader = FastLoader or PlainLoader
    values = sum(isinstance(event, yaml.NodeEvent) for event in yaml.parse(text, Loader=loader))
    full = seconds_of(lambda: load(text.encode()))
    bare = seconds_of(lambda: list(yaml.parse(text, Loader=loader)))
    as_json = seconds_of(lambda: load(json.dumps(plan).encode()))
    print(
        f"plan file of {values} values, {len(text.encode()) // 1024} KiB: {values / full:.0f} values a second"
    )
    print(f"against the bare parser: {full / bare:.1f}; JSON against YAML: {as_json / full:.2f}")
    for name, data in WORST.items():
        print(
            f"1 MiB of {name}: {seconds_of(lambda data=data: load(data), 1) / full:.1f} × the full-size plan"
        )


if __name__ == "__main__":
    main()
