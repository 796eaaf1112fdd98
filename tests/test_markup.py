"""The rules for every HTML answer: each of them finds its fault, and a sound page has none."""

from html.parser import HTMLParser

import pytest

from tests.markup import START_TAG, _Inspector, find_faults

SOUND = """<!doctype html>
<html lang="nl">
<head><title>Plan</title><link rel="stylesheet" href="/static/base.css">
<script src="/static/app.js" defer></script></head>
<body>
<form method="post"><label for="id_title">Titel</label><input id="id_title" aria-describedby="hint" required>
<p id="hint">Eén woord volstaat: &lt;b&gt; &amp; &quot;Drugs&quot;.</p></form>
<svg viewBox="0 0 10 10" aria-hidden="true"><rect width="3" height="4" fill="currentColor"/></svg>
<script type="application/json" id="data">{"a": 1}</script>
</body></html>"""


def test_sound_page_has_no_faults():
    assert find_faults(SOUND) == []


@pytest.mark.parametrize(
    ("fragment", "fault"),
    [
        ("<p>UNDEFINED:plan.zone</p>", "a template variable that does not exist: UNDEFINED:plan.zone"),
        ("<p>{% if x %}</p>", "template code that was not run: {%"),
        ("<p>&lt;Plan object at 0x7f2a&gt;</p>", "a Python object instead of a text: Plan object at 0x7f2a"),
        ("<p>&amp;lt;b</p>", "a text that was escaped twice: &amp;lt;"),
        ("<p\n>a</b>", "line 2: </b> stands where </p> of line 1 is expected"),
        ("<p>a", "line 1: <p> is not closed"),
        ('<b id="a"></b><i id="a"></i>', 'id="a" stands 2 times'),
        ('<p class="a" class="b"></p>', "line 1: <p> has the attribute class twice"),
        ("<html></html>", "line 1: <html> has no lang"),
        ('<html lang="nl"><label for="x"></label></html>', 'for="x" points to nothing'),
        ("<img src='/a.png'>", "line 1: <img> has no alt"),
        (
            "<textarea maxlength='5'></textarea>",
            "line 1: <textarea maxlength>: browsers cut a pasted text without a word; use kiv.typed_text",
        ),
        ("<style></style>", "line 1: <style>: a strict CSP refuses it; use a class"),
        ("<script>1</script>", "line 1: inline <script>: a strict CSP refuses it; use static/js"),
        ('<p style="top:0"></p>', 'line 1: <p style="top:0">: a strict CSP refuses it; use a class'),
        ('<p onclick="x()"></p>', "line 1: <p onclick>: a strict CSP refuses it; use static/js"),
        (
            '<p data-hx-on:click="x()"></p>',
            "line 1: <p data-hx-on:click>: a strict CSP refuses it; use static/js",
        ),
        ('<a href=" JavaScript:x()">a</a>', "line 1: <a href> is a javascript: address"),
    ],
)
def test_each_fault_is_named(fragment, fault):
    found = find_faults(fragment)
    assert fault in found
    assert [each for each in found if "is not closed" not in each and each != fault] == []


def test_fragment_may_point_to_the_page_around_it():
    assert find_faults('<button aria-controls="panel">Meer</button>') == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>",
        '<a href="/x?a=1&amp;b=%C3%A9" hx-get="/y" data-id="3" hidden>',
        '<input value="" checked\n  class="a b"\t>',
        '<p title="a &lt; b &eacute; &#x27;&unknown; & c">',
        '<p title="" title="b">',
        "<p title=b>",
        "<p title='b'>",
        "<P Title='b'>",
        "<br/>",
        '<rect width="3"/>',
        '<p title="a > b">',
        '<p title="a"class="b">',
        "<p title = 'b'>",
        "<p @x>",
        "<script>",
        '<script src="/a.js" defer>',
        "<style>",
        "<textarea>",
        "<p title>",
    ],
)
def test_a_start_tag_is_read_as_the_standard_library_reads_it(text):
    def tags_seen_by(parser_class):
        seen = []

        class Parser(parser_class):
            def handle_starttag(self, tag, attrs):
                seen.append((self.getpos(), tag, attrs))

            def handle_startendtag(self, tag, attrs):
                seen.append((self.getpos(), f"{tag}/", attrs))

        parser = Parser(convert_charrefs=True) if parser_class is HTMLParser else Parser()
        parser.feed(f"<i>x</i>\n{text}y</b>")
        parser.close()
        return seen

    assert tags_seen_by(_Inspector) == tags_seen_by(HTMLParser)


def test_most_start_tags_are_read_by_the_fast_way():
    assert all(START_TAG.match(SOUND, place) for place in (SOUND.index("<label"), SOUND.index("<input")))
