"""One language of a stored lexicon as its file: reading it again gives the same, writing that the same bytes.

Not here: reading (lexicon_file). Comments of a file are not kept.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from plans.matching.lexicon import Cue, Scope, TermKind
from plans.matching.lexicon_file import LexiconFile, in_order

#: What a group leaves out, because a file that leaves it out means it.
USUAL = {"kind": TermKind.POSITIVE, "aspect": "", "context": [], "scope": Scope.PASSAGE}


def language_as_yaml(stored: Mapping[str, Any]) -> bytes:
    """UTF-8 YAML of what is stored of one language, always the same bytes for the same content."""
    content = LexiconFile.model_validate(stored).model_dump(mode="json")
    cues = content["cues"]
    sections = {
        "stems": in_order(content["stems"]),
        "parts": content["parts"],
        "common": content["common"],
        "cues": {str(cue): cues[cue] for cue in Cue if cue in cues},
        "contexts": in_order(content["contexts"]),
        "titles": in_order(content["titles"]),
    }
    data = {name: content[name] for name in ("format", "edition", "version", "language")}
    data |= {name: value for name, value in sections.items() if value}
    data["items"] = {item: list(_groups(groups)) for item, groups in in_order(content["items"]).items()}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110).encode()


def _groups(groups: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for group in groups:
        unusual = {name: group[name] for name, usual in USUAL.items() if group[name] != usual}
        yield {"weight": group["weight"], **unusual, "terms": group["terms"]}
