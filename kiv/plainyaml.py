"""YAML with few surprises: which plain words are more than text, and the parsers that read it so.

Not here: bounds and dangers (kiv.datafile, which looks before anything is made of a text). Knows no Django.
"""

import re
from typing import Any, ClassVar

import yaml

_SURROGATE = re.compile("[\ud800-\udfff]")


class PlainValues:
    """Few plain scalars: dates stay text, `no` is a word, 012 is no octal number.

    Decimals stay text too: objective 1.10 is not objective 1.1. A number is asked for by the model.
    """

    yaml_implicit_resolvers: ClassVar = {}

    def construct_scalar(self, node: yaml.Node) -> Any:
        """JSON writes a sign such as 😀 as two escapes (a surrogate pair): make it one sign again."""
        value = super().construct_scalar(node)
        if isinstance(value, str) and _SURROGATE.search(value):
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        return value


class PlainLoader(PlainValues, yaml.SafeLoader):
    """The parser that has the last word, and says what is wrong."""


#: The same values twenty times as fast, where PyYAML was built with libyaml.
FastLoader: type | None = None
if yaml.__with_libyaml__:
    FastLoader = type("FastLoader", (PlainValues, yaml.CSafeLoader), {})


def loaders_for(text: str) -> list[type]:
    """The loaders to try in turn: what the fast one does not read, PlainLoader reads or refuses.

    The two differ about tabs and byte order marks inside a text, so that those are left to PlainLoader. Of
    what PlainLoader refuses the fast one reads a little, such as `{title: Why?}`.
    """
    is_alike = "\t" not in text and "\ufeff" not in text
    return [FastLoader, PlainLoader] if FastLoader and is_alike else [PlainLoader]


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^-?(?:0|[1-9][0-9]{0,17})$", list("-0123456789")),
):
    for _loader in filter(None, (PlainLoader, FastLoader)):
        _loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)
