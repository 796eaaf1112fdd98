"""What every HTML answer must keep to, whatever its page: a list of complaints about one document.

What lives here: the rules and the parser that checks them. Not here: the client that applies them to
every answer of every test (tests/strict.py).
"""

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DATA_SCRIPTS = {"application/json", "application/ld+json"}
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls"}
_NAME = "[a-z][a-z0-9]*"
_ATTRIBUTE = r"""\s+[a-zA-Z][a-zA-Z0-9:_-]*(?:="[^"<>]*"|='[^'<>]*')?"""
#: A start tag as templates write it; what is written otherwise is left to the parser of the standard library.
START_TAG = re.compile(rf"<({_NAME})((?:{_ATTRIBUTE})*)\s*>")
END_TAG = re.compile(rf"</({_NAME})>")
#: Any of the tags as templates write them: start, attributes, the slash of an element without content; end.
TAG = re.compile(rf"<(?:({_NAME})((?:{_ATTRIBUTE})*)\s*(/?)>|/({_NAME})>|!doctype html>)")
ATTRIBUTE = re.compile(r"""\s+([a-zA-Z][a-zA-Z0-9:_-]*)(?:=(?:"([^"<>]*)"|'([^'<>]*)'))?""")
#: Elements of which the content is no markup, in one or another version of Python.
RAW = {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"}
#: What → texts without which there is none of it, which are sooner looked for; and how it is written.
LEAKS = {
    "a template variable that does not exist": (("UNDEFINED:",), re.compile(r"UNDEFINED:[^\s<\"']*")),
    "template code that was not run": (("{%", "%}", "{{", "}}"), re.compile(r"\{%|%\}|\{\{|\}\}")),
    "a Python object instead of a text": (
        (" object at 0x", "__proxy__"),
        re.compile(r"<?(?<!\w)\w[\w.]* object at 0x[0-9a-f]+|__proxy__"),
    ),
    "a text that was escaped twice": (("&amp;",), re.compile(r"&amp;(?:lt|gt|quot|amp|#x27|#39);")),
}


def find_faults(html: str) -> list[str]:
    """Every breach of the house rules, as sentences; an empty list for a sound document or fragment."""
    faults = [
        f"{what}: {match[0]}"
        for what, (signs, rule) in LEAKS.items()
        if any(sign in html for sign in signs) and (match := rule.search(html))
    ]
    if is_plainly_sound(html):
        return faults
    parser = _Inspector()
    parser.feed(html)
    parser.close()
    return faults + parser.conclude()


def is_plainly_sound(html: str) -> bool:
    """Whether the markup is written as templates write it and has no fault: true of most answers, soon told.

    False says nothing: then the parser looks, and names what it finds.
    """
    tags = TAG.findall(html)
    if len(tags) != html.count("<"):
        return False
    is_page, content_of = False, ""
    open_tags: list[str] = []
    ids: set[str] = set()
    targets: set[str] = set()
    for start, attributes, is_empty, end in tags:
        if content_of and end != content_of:
            return False
        content_of = ""
        if end:
            if not open_tags or open_tags.pop() != end:
                return False
        elif start:
            read = _read_alone(start, attributes)
            if read is None or read[0] in ids or (start in RAW and is_empty):
                return False
            if read[0] is not None:
                ids.add(read[0])
            targets |= read[1]
            is_page = is_page or start == "html"
            content_of = start if start in RAW else ""
            if start not in VOID and not is_empty:
                open_tags.append(start)
    return not open_tags and (not is_page or targets <= ids)


@lru_cache(maxsize=50_000)
def _read_alone(tag: str, attributes: str) -> tuple[str | None, frozenset[str]] | None:
    """The id of a start tag and the ids it refers to; None when the tag has a fault by itself."""
    inspector = _Inspector()
    inspector.handle_startendtag(tag, _attributes_of(attributes))
    if inspector.faults:
        return None
    return next(iter(inspector.ids), None), frozenset(target for _, target in inspector.references)


def _attributes_of(text: str) -> list[tuple[str, str | None]]:
    found = [(each[1].lower(), each[2] if each[3] is None else each[3]) for each in ATTRIBUTE.finditer(text)]
    return [(name, value and unescape(value)) for name, value in found] if "&" in text else found


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[tuple[str, int]] = []
        self.ids: Counter[str] = Counter()
        self.references: list[tuple[str, str]] = []
        self.is_page = False
        self.in_code_script = False

    def parse_starttag(self, i: int) -> int:
        """Where the tag at `i` ends: the same as the standard library's, several times as fast."""
        match = START_TAG.match(self.rawdata, i)
        if match is None or match[1] in RAW:
            return super().parse_starttag(i)
        self.handle_starttag(match[1], _attributes_of(match[2]))
        return match.end()

    def parse_endtag(self, i: int) -> int:
        match = END_TAG.match(self.rawdata, i)
        if match is None or self.cdata_elem is not None:
            return super().parse_endtag(i)
        self.handle_endtag(match[1])
        return match.end()

    def say(self, fault: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {fault}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inspect(tag, attrs)
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inspect(tag, attrs)

    def _inspect(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if len(values) < len(attrs):
            for name, count in Counter(name for name, _ in attrs).items():
                if count > 1:
                    self.say(f"<{tag}> has the attribute {name} twice")
        if tag == "html":
            self.is_page = True
            if not values.get("lang"):
                self.say("<html> has no lang")
        if tag == "style":
            self.say("<style>: a strict CSP refuses it; use a class")
        if tag == "script":
            self.in_code_script = not values.get("src") and values.get("type") not in DATA_SCRIPTS
            if self.in_code_script:
                self.say("inline <script>: a strict CSP refuses it; use static/js")
        if tag == "textarea" and "maxlength" in values:
            self.say("<textarea maxlength>: browsers cut a pasted text without a word; use kiv.typed_text")
        if tag == "img" and "alt" not in values:
            self.say("<img> has no alt")
        for name, value in attrs:
            if name == "style":
                self.say(f'<{tag} style="{value}">: a strict CSP refuses it; use a class')
            if name.startswith(("on", "hx-on", "data-hx-on")):
                self.say(f"<{tag} {name}>: a strict CSP refuses it; use static/js")
            if (value or "").strip().lower().startswith("javascript:"):
                self.say(f"<{tag} {name}> is a javascript: address")
        if values.get("id"):
            self.ids[values["id"]] += 1
        for name in REFERENCES & values.keys():
            self.references += [(name, target) for target in (values[name] or "").split()]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.say(f"</{tag}> does not exist")
        elif self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            expected = f"</{self.open[-1][0]}> of line {self.open[-1][1]}" if self.open else "nothing"
            self.say(f"</{tag}> stands where {expected} is expected")
            if tag in {name for name, _ in self.open}:
                while self.open.pop()[0] != tag:
                    pass

    def conclude(self) -> list[str]:
        self.faults += [f"line {line}: <{tag}> is not closed" for tag, line in self.open]
        self.faults += [f'id="{name}" stands {count} times' for name, count in self.ids.items() if count > 1]
        if self.is_page:  # a fragment may point to what stands on the page around it
            self.faults += [
                f'{name}="{target}" points to nothing'
                for name, target in self.references
                if target not in self.ids
            ]
        return self.faults
