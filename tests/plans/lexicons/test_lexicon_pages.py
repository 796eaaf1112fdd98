"""The pages of the word lists: versions, terms side by side, trying a text, the effect, putting in force."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from framework.models import LexiconVersion
from kiv.audit.models import AuditEvent
from plans.models import Passage
from plans.services.decisions import accept_passage
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, succeed
from tests.plans.documents.acting import ACTION
from tests.plans.papers import EMPTY, LEXICON, item_of, passage_with, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
PAGE = "/editions/test-edition/lexicon/"
DRAFT = f"{PAGE}2/"


@pytest.fixture
def world():
    world = make_world(EMPTY)
    store_lexicon(world.edition)
    return world


@pytest.fixture
def admin(client_of):
    return client_of(UserFactory(name="An", is_framework_administrator=True))


@pytest.fixture
def draft(world, admin):
    assert admin.post(f"{PAGE}new/", {"copied_from": "1"}).url == DRAFT
    return LexiconVersion.objects.get(number=2)


def text_of(response) -> str:
    body = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def terms_of(response) -> dict[str, str]:
    """What the form of an item would send."""
    form = response.context["form"]
    sent = {"seen": form.seen}
    for language, formset in form.formsets.items():
        sent |= {f"{language}-{name}": value for name, value in formset.management_form.initial.items()}
        for group in formset:
            sent |= {bound.html_name: bound.value() or "" for bound in group}
    return sent


def change(admin, code, **changes):
    path = f"{DRAFT}items/{code}/"
    return admin.post(path, terms_of(admin.get(path)) | {k.replace("_", "-"): v for k, v in changes.items()})


def force(admin, note="New words."):
    seen = admin.get(f"{DRAFT}force/").context["version"].sha256
    return admin.post(f"{DRAFT}force/", {"seen": seen, "note": note})


def test_a_new_edition_begins_with_the_words_of_the_one_before(admin, world):
    following = EditionFactory(code="following", items=("A1", "A9"))
    page = "/editions/following/lexicon/"
    assert "before" not in dict(admin.get(f"{page}new/").context["form"].fields["copied_from"].choices)
    succeed(world.edition, following, equal=["A1"])
    form = admin.get(f"{page}new/").context["form"]
    offered = f"{world.edition.title['en']}, version 1, led over to the items of this edition"
    assert dict(form.fields["copied_from"].choices) == {"before": offered, "": "nothing: only the files"}
    assert form["copied_from"].initial == "before"
    assert admin.post(f"{page}new/", {"copied_from": "before"}).url == f"{page}1/"
    draft = LexiconVersion.objects.get(edition=following)
    assert draft.content["nl"]["items"]["A1"][0]["terms"] == ["drugs", "drugshandel"]
    assert f"{world.edition.title['en']} , version 1" in text_of(admin.get(page))


def test_from_draft_to_force(admin, draft, world):
    assert change(admin, "A4", **{"nl_0_terms": "zwerfvuil\nsluikstort"}).status_code == 302
    draft.refresh_from_db()
    assert draft.content["nl"]["items"]["A4"][0]["terms"] == ["zwerfvuil", "sluikstort"]
    page = text_of(admin.get(f"{DRAFT}force/"))
    assert "Beside version 1, in force now: A4 ." in page
    assert "What people decided stays as it is." in page
    assert force(admin).url == PAGE
    stored = LexiconVersion.objects.get(number=2)
    assert (stored.note, str(stored.put_in_force_by), stored.based_on) == ("New words.", "An", 1)
    listed = text_of(admin.get(PAGE))
    assert "Version 2 in force" in listed
    assert "Version 1 in force" not in listed
    names = AuditEvent.objects.filter(event__startswith="lexicon").order_by("pk").values_list("event", "data")
    assert list(names) == [
        ("lexicon.draft_started", {"edition": "test-edition", "number": 2, "files": 0}),
        ("lexicon.draft_changed", {"edition": "test-edition", "number": 2, "of": "A4"}),
        ("lexicon.put_in_force", {"edition": "test-edition", "number": 2, "before": 1}),
    ]
    assert change_refused(admin)
    assert upload(world.assessment).passages.count()
    assert set(world.assessment.suggestions.values_list("lexicon__number", flat=True)) == {2}


def change_refused(admin) -> bool:
    """A version in force is shown and not changed, whatever is sent."""
    before = LexiconVersion.objects.get(number=2).content
    answer = admin.post(f"{DRAFT}words/common/", {
        "seen": admin.get(f"{DRAFT}words/common/").context["form"].seen, "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "1", "rows-0-name": "", "rows-0-nl": "huis",
    })  # fmt: skip
    return answer.status_code == 409 and LexiconVersion.objects.get(number=2).content == before


def test_a_stale_save_keeps_what_was_typed_and_shows_both(admin, draft):
    path = f"{DRAFT}items/A4/"
    old = terms_of(admin.get(path))
    change(admin, "A4", **{"nl_0_terms": "afval"})
    answer = admin.post(path, old | {"nl-0-terms": "zwerfvuil\nvuilnis"})
    assert answer.status_code == 409
    assert "Someone saved this in the meantime" in text_of(answer)
    assert "zwerfvuil\nvuilnis" in unescape(answer.content.decode())
    assert LexiconVersion.objects.get(number=2).content["nl"]["items"]["A4"][0]["terms"] == ["afval"]
    again = old | {"nl-0-terms": "zwerfvuil\nvuilnis", "seen": answer.context["form"].seen}
    assert admin.post(path, again).status_code == 302
    count = AuditEvent.objects.count()
    assert admin.post(path, again).status_code == 302, "sent twice is saved once"
    assert AuditEvent.objects.count() == count


def test_guards_are_told_at_the_term_and_block(admin, draft):
    change(admin, "A4", **{"nl_0_terms": "zwerfvuil\ndrugs\nvuil~\nafv~"})
    page = text_of(admin.get(f"{DRAFT}items/A4/"))
    assert "To be solved first: “drugs” counts by itself for A1 too." in page
    assert "To consider: “afv~” is open after few letters" in page
    assert "To consider: “vuil~” is open after few letters" in page
    answer = force(admin)
    assert (answer.status_code, LexiconVersion.objects.get(number=2).is_draft) == (409, True)
    assert "Something is to be solved first" in text_of(answer)


@pytest.mark.parametrize("typed", ["~~", "a .. b + c", "x" * 121, "drugs\x00"])
def test_what_cannot_be_read_is_refused_and_stays_typed(admin, draft, typed):
    answer = change(admin, "A4", **{"nl_0_terms": typed})
    assert answer.status_code == 200
    assert LexiconVersion.objects.get(number=2).content == draft.content
    assert answer.context["form"].formsets["nl"][0]["terms"].value() == typed


def test_a_file_taken_out_and_in_is_the_same_byte_for_byte(admin, draft):
    path = f"{DRAFT}words.nl.yaml"
    first = admin.get(path).content
    change(admin, "A4", **{"nl_0_terms": "afval"})
    assert admin.get(path).content != first
    taken = admin.post(f"{DRAFT}files/", {"files": SimpleUploadedFile("nl.yaml", first)})
    assert taken.status_code == 302
    assert admin.get(path).content == first
    assert LexiconVersion.objects.get(number=2).content == draft.content


def test_every_mistake_of_every_file_is_told_and_nothing_is_taken_in(admin, draft):
    good = LEXICON % {"edition": "test-edition"}
    bad = good.replace("weight: 90}]\n  A2", "weight: 900}]\n  A2").replace("language: nl", "language: xx")
    other = good.replace("edition: test-edition", "edition: other")
    files = [SimpleUploadedFile(name, body.encode()) for name, body in (("a.yaml", bad), ("b.yaml", other))]
    answer = admin.post(f"{DRAFT}files/", {"files": files})
    places = [problem.place for problem, _ in answer.context["problems"]]
    assert places[-1] == "b.yaml: edition"
    assert "a.yaml: language" in places
    assert LexiconVersion.objects.get(number=2).content == draft.content


def test_a_text_is_tried_with_both_versions(admin, draft):
    change(admin, "A4", **{"nl_0_terms": "sluikstort"})
    rows = AuditEvent.objects.count()
    answer = admin.post(f"{DRAFT}test/", {
        "text": "Wij pakken sluikstort aan.\n\nEr is zwerfvuil in het park.\n\n"
        "Mensenhandel is niet weerhouden.",
        "language": "nl",
    })  # fmt: skip
    first, second, third = answer.context["trial"].passages
    found = [(row.code, row.tried.tier, row.in_force.tier) for row in (*first.items, *second.items)]
    assert found == [("A4", "possible", ""), ("A4", "", "possible")]
    assert [segment.text for segment in first.text if segment.is_marked] == ["sluikstort"]
    assert third.items[0].tried.is_lead
    page = text_of(answer)
    assert "term “sluikstort”, weight 50" in page
    assert "It is denied: “niet weerhouden”." in page
    assert AuditEvent.objects.count() == rows


class TestEffect:
    @pytest.fixture
    def decided(self, world):
        document = upload(world.assessment)
        for words, code in (("zwerfvuil", "A4"), ("inbraak", "A2"), ("onthaal", "B2")):
            accept_passage(
                assessment=world.assessment, passage=passage_with(document, words),
                item=item_of(world.assessment, code), ticks=ACTION, by=world.lead,
            )  # fmt: skip
        return document

    def counted(self, admin, act="again"):
        assert admin.post(f"{DRAFT}effect/", {"act": act}).status_code == 302
        return admin.get(f"{DRAFT}effect/")

    def test_still_new_and_lost_by_item(self, admin, draft, decided):
        change(admin, "A4", **{"nl_0_terms": "sluikstort"})
        change(admin, "B2", **{"nl_0_terms": "gegevens\nonthaal"})
        answer = self.counted(admin)
        effect = answer.context["effect"]
        tallies = {
            code: (tally.right_still, tally.right_new, tally.right_lost, tally.undecided_new)
            for code, tally in effect.items.items()
        }
        assert tallies == {"A2": (1, 0, 0, 0), "A4": (0, 0, 1, 0), "B2": (0, 1, 0, 0)}
        assert (effect.is_complete, effect.all.recall.trials) == (True, 3)
        assert (answer.context["new"], answer.context["lost"]) == ([], [])
        assert "zwerfvuil" not in text_of(answer)

    def test_it_is_told_where_one_puts_in_force_until_the_words_change(self, admin, draft, decided):
        change(admin, "A4", **{"nl_0_terms": "sluikstort"})
        change(admin, "B2", **{"nl_0_terms": "gegevens\nonthaal"})
        told = "about it newly found 1 · lost 1 People said: not about it newly suggested 0 · gone 0"
        uncounted = "The effect of these words is not counted yet."
        before = text_of(admin.get(f"{DRAFT}force/"))
        assert (uncounted in before, told in before) == (True, False)
        self.counted(admin)
        after = text_of(admin.get(f"{DRAFT}force/"))
        assert (uncounted in after, told in after) == (False, True)
        change(admin, "A2", **{"nl_0_terms": "inbraak\ndiefstal"})
        assert uncounted in text_of(admin.get(f"{DRAFT}force/"))

    def test_nothing_confidential_is_counted(self, admin, draft, decided):
        change(admin, "A4", **{"nl_0_terms": "sluikstort"})
        Passage.objects.filter(text__contains="zwerfvuil").update(is_confidential=True)
        assert "A4" not in self.counted(admin).context["effect"].items
        Passage.objects.filter(text__contains="zwerfvuil").update(is_confidential=False)
        Passage.objects.filter(text="Wonen").update(is_confidential=True)
        assert set(self.counted(admin).context["effect"].items) == {"B2"}, "nor below a confidential heading"

    def test_who_may_read_the_passage_sees_it(self, client_of, admin, draft, decided, world):
        change(admin, "A4", **{"nl_0_terms": "sluikstort"})
        self.counted(admin)
        both = client_of(UserFactory(is_framework_administrator=True, reader_of=world.zone))
        assert "Er ligt wat zwerfvuil" in text_of(both.get(f"{DRAFT}effect/"))
        coordinator = UserFactory(is_framework_administrator=True, coordinator_of=world.zone)
        assert "zwerfvuil" not in text_of(client_of(coordinator).get(f"{DRAFT}effect/")), "not shared yet"

    def test_decisions_keep_the_version_that_made_them(self, admin, draft, decided, world):
        change(admin, "A4", **{"nl_0_terms": "sluikstort"})
        before = list(world.assessment.suggestions.order_by("pk").values())
        force(admin)
        assert list(world.assessment.suggestions.order_by("pk").values()) == before
        kept = world.assessment.suggestions.get(item__code="A4", verdict="accepted")
        assert kept.lexicon.number == 1


@pytest.mark.parametrize("versions", [1, 3])
def test_the_list_asks_as_much_for_one_version_as_for_three(
    admin, world, versions, django_assert_num_queries
):
    for number in range(2, versions + 1):
        store_lexicon(world.edition, number=number)
    with django_assert_num_queries(5):
        assert len(admin.get(PAGE).context["versions"]) == versions


def test_a_draft_is_removed_and_a_second_one_is_not_started(admin, draft):
    assert admin.post(f"{PAGE}new/", {"copied_from": "1"}).url == DRAFT
    assert admin.post(f"{DRAFT}remove/").url == PAGE
    assert list(LexiconVersion.objects.values_list("number", flat=True)) == [1]
    assert admin.post(f"{PAGE}1/remove/").url == PAGE
    assert LexiconVersion.objects.filter(number=1).exists()
