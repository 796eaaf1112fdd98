"""The lexicon in the database: shipped, stored once, compiled as it was written, the latest one in force."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from framework.models import Edition, LexiconVersion
from kiv.audit.models import AuditEvent
from plans import matching
from plans.selectors.lexicons import lexicon_in_force
from plans.selectors.suggestions import shipped_lexicon
from plans.services import lexicons
from plans.services.lexicons import content_digest, load_shipped_lexicon
from tests.factories.framework import EditionFactory
from tests.plans.documents.acting import accept, pieces
from tests.plans.papers import EMPTY, LEXICON, store_lexicon, upload
from tests.plans.services.acting import events_since
from tests.plans.world import make_edition, make_world

pytestmark = pytest.mark.django_db

SHIPPED = "kiv-2022-2024"
TEXTS = {
    "nl": "Wij willen drugshandel en woninginbraken in de wijk terugdringen.",
    "fr": "Nous voulons réduire le trafic de drogues et les cambriolages dans le quartier.",
    "de": "Wir wollen Drogenhandel und Wohnungseinbrüche im Viertel verringern.",
}


@pytest.fixture
def shipped():
    return EditionFactory(code=SHIPPED, items=("P1",), published=True)


def run(*arguments, **options):
    out = StringIO()
    call_command("load_lexicon", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_is_loaded_once(shipped):
    mark = AuditEvent.objects.count()
    version = load_shipped_lexicon(edition=shipped, by=None)
    assert (version.number, version.edition) == (1, shipped)
    assert version.in_force_since == version.made_at
    assert version.sha256 == content_digest(version.content)
    assert events_since(mark) == [
        (
            "lexicon.loaded",
            None,
            "framework.lexiconversion",
            str(version.pk),
            None,
            {"edition": SHIPPED, "number": 1},
        )
    ]
    rows = list(LexiconVersion.objects.values())
    assert load_shipped_lexicon(edition=shipped, by=None) is None
    assert list(LexiconVersion.objects.values()) == rows
    assert AuditEvent.objects.count() == mark + 1


def test_a_stored_version_is_never_replaced(shipped):
    draft = store_lexicon(shipped, is_draft=True)
    assert load_shipped_lexicon(edition=shipped, by=None) is None
    stored = LexiconVersion.objects.get()
    assert (stored.pk, stored.content, stored.in_force_since) == (draft.pk, draft.content, None)


def test_nothing_is_shipped_for_other_editions():
    assert load_shipped_lexicon(edition=make_edition(), by=None) is None
    assert not LexiconVersion.objects.exists()


def test_it_matches_as_the_shipped_files_do(shipped):
    load_shipped_lexicon(edition=shipped, by=None)
    compiled = lexicon_in_force(shipped).compiled
    assert compiled.lexicon == shipped_lexicon(SHIPPED).lexicon
    inputs = [matching.MatchInput(text=text, language=language) for language, text in TEXTS.items()]
    found = matching.match_document(inputs, compiled)
    assert found == matching.match_document(inputs, shipped_lexicon(SHIPPED))
    assert all(found)


def test_the_digest_does_not_depend_on_the_order_of_keys():
    assert content_digest({"a": 1, "b": {"c": 2, "d": 3}}) == content_digest({"b": {"d": 3, "c": 2}, "a": 1})
    assert content_digest({"a": 1}) != content_digest({"a": 2})


class TestInForce:
    def test_the_one_put_in_force_last(self):
        edition, other = make_edition(), make_edition("other-edition")
        assert lexicon_in_force(edition) is None
        now = timezone.now()
        first = store_lexicon(edition, since=now)
        store_lexicon(other, number=7)
        second = store_lexicon(edition, LEXICON.replace("zwerfvuil", "sluikstort"), number=2, is_draft=True)
        assert lexicon_in_force(edition).version == first
        LexiconVersion.objects.filter(pk=second.pk).update(in_force_since=now + timedelta(seconds=2))
        assert lexicon_in_force(edition).version == second
        assert [match.item for match in self.of(edition, "sluikstort")] == ["A4"]
        third = store_lexicon(edition, number=3, since=now + timedelta(seconds=3))
        assert lexicon_in_force(edition).version == third
        assert self.of(edition, "sluikstort") == ()
        fourth = store_lexicon(edition, number=4, since=third.in_force_since)
        assert lexicon_in_force(edition).version == fourth, "the higher number"

    def of(self, edition, text):
        return matching.match(
            matching.MatchInput(text=text, language="nl"), lexicon_in_force(edition).compiled
        )

    def test_it_is_compiled_once_for_the_same_content(self, django_assert_num_queries):
        edition = make_edition()
        source = LEXICON.replace("zwerfvuil", "fietsdiefstal")
        store_lexicon(edition, source)
        with django_assert_num_queries(2):
            first = lexicon_in_force(edition)
        with django_assert_num_queries(1):
            assert lexicon_in_force(edition).compiled is first.compiled
        store_lexicon(edition, source, number=2)
        with django_assert_num_queries(1):
            assert lexicon_in_force(edition).compiled is first.compiled


@pytest.mark.usefixtures("read_inline")
def test_an_edition_without_lexicon():
    """Nothing is suggested; a person can still accept what they see."""
    assessment = make_world(EMPTY).assessment
    document = upload(assessment)
    assert (document.passages.count() > 5, assessment.suggestions.count()) == (True, 0)
    accept(assessment, document, "zwerfvuil", "A4")
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["action"], False)]


class TestCommand:
    def test_all_editions_or_those_named(self, shipped):
        make_edition()
        assert run("test-edition") == []
        assert run() == [f"{SHIPPED}: version 1 stored and in force"]
        assert run() == run(SHIPPED) == []

    def test_quietly(self, shipped):
        assert run(verbosity=0) == []
        assert LexiconVersion.objects.count() == 1

    def test_an_edition_that_is_not_loaded(self, shipped):
        with pytest.raises(CommandError, match="^kiv-1999, nothing: not loaded$"):
            run("nothing", SHIPPED, "kiv-1999")
        assert not LexiconVersion.objects.exists()

    def test_a_lexicon_that_breaks_its_guards(self, shipped, tmp_path, monkeypatch):
        for language in ("nl", "fr", "de"):
            (tmp_path / f"lexicon-{SHIPPED}.{language}.yaml").write_text("format: kiv-lexicon/1\n")
        monkeypatch.setattr(lexicons, "FOLDER", tmp_path)
        with pytest.raises(CommandError, match=f"^{SHIPPED}: "):
            run()
        assert not LexiconVersion.objects.exists()


def test_prepare_loads_it(monkeypatch):
    """After the editions, which it belongs to."""
    from kiv.management.commands import prepare

    steps = []
    monkeypatch.setattr(prepare, "call_command", lambda name, *rest, **options: steps.append(name))
    monkeypatch.setattr(prepare, "compile_catalogues", lambda: None)
    call_command("prepare", stdout=StringIO())
    assert steps.index("load_lexicon") > max(at for at, name in enumerate(steps) if name == "load_edition")
    assert not Edition.objects.exists()


def test_the_order_of_keys_changes_nothing(shipped):
    """PostgreSQL keeps them in an order of its own."""
    content = load_shipped_lexicon(edition=shipped, by=None).content
    turned = {
        language: {
            name: dict(reversed(value.items())) if isinstance(value, dict) else value
            for name, value in reversed(own.items())
        }
        for language, own in reversed(content.items())
    }
    one, other = matching.lexicon_of(content), matching.lexicon_of(turned)
    assert one == other
    assert list(one.languages) == list(other.languages) == ["nl", "fr", "de"]
    for language, own in one.languages.items():
        for name in ("contexts", "cues", "stems", "titles"):
            assert list(getattr(own, name)) == list(getattr(other.languages[language], name))
