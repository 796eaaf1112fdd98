"""What every HTML answer must keep to, whatever its page: a list of complaints about one document.

What lives here: the rules and the parser that checks them. Not here: the client that applies them to
every answer of every test (tests/strict.py).
"""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DATA_SCRIPTS = {"application/json", "application/ld+json"}
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls"}
#: A start tag as templates write it; what is written otherwise is left to the parser of the standard library.
START_TAG = re.compile(r"""<([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9:_-]*(?:="[^"<>]*")?)*)\s*>""")
END_TAG = re.compile(r"</([a-z][a-z0-9]*)>")
ATTRIBUTE = re.compile(r"""\s+([a-z][a-z0-9:_-]*)(?:="([^"<>]*)")?""")
#: Elements of which the content is no markup, in one or another version of Python.
RAW = {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"}
LEAKS = {
    "a template variable that does not exist": re.compile(r"UNDEFINED:[^\s<\"']*"),
    "template code that was not run": re.compile(r"\{%|%\}|\{\{|\}\}"),
    "a Python object instead of a text": re.compile(r"<?(?<!\w)\w[\w.]* object at 0x[0-9a-f]+|__proxy__"),
    "a text that was escaped twice": re.compile(r"&amp;(?:lt|gt|quot|amp|#x27|#39);"),
}


def find_faults(html: str) -> list[str]:
    """Every breach of the house rules, as sentences; an empty list for a sound document or fragment."""
    faults = [f"{what}: {match[0]}" for what, rule in LEAKS.items() if (match := rule.search(html))]
    parser = _Inspector()
    parser.feed(html)
    parser.close()
    return faults + parser.conclude()


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
        attrs = [each.groups() for each in ATTRIBUTE.finditer(match[2])]
        if "&" in match[2]:
            attrs = [(name, value and unescape(value)) for name, value in attrs]
        self.handle_starttag(match[1], attrs)
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
