"""From a PlanContent to a file: YAML for people, JSON for programs; empty fields are left out."""

import json
from typing import Any

import yaml

from plans.planformat.types import PlanContent


def plain(content: PlanContent) -> dict[str, Any]:
    """The content as plain values in the order of the format, without what is empty."""
    values = content.model_dump(mode="json")
    kept = {name: values[name] for name in ("format", "plan", "edition")}
    return _without_empty(kept | {name: value for name, value in values.items() if name not in kept})


def dump_plan(content: PlanContent) -> str:
    """A plan file in YAML that `read_plan` reads back as the same content."""
    return yaml.safe_dump(plain(content), allow_unicode=True, sort_keys=False, width=100)


def dump_json(content: PlanContent) -> str:
    """The same file as JSON, which is also a plan file."""
    return json.dumps(plain(content), ensure_ascii=False, indent=2) + "\n"


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_empty(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in ("", None, [], {}, False)}
    if isinstance(value, list):
        return [_without_empty(part) for part in value]
    return value
