"""What is wrong in an edition file, in the reader's language, and in no words of a parser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from framework.forms import problem_words
from framework.parsing import parse_edition
from framework.succession import Contradiction
from kiv import datafile
from kiv.datafile import FileProblem, FileRefused
from tests.factories.accounts import UserFactory
from tests.framework.sample import changed
from tests.framework.test_editing_pages import text_of
from tests.framework.test_parsing import BAD_FILES, ITEMS


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"a: b: c", "1 the whole file valid YAML or JSON not readable from column 5"),
        (b"- 1", "– the whole file names with their values a list"),
        (b"a: \xff", "– the whole file UTF-8 text byte 3"),
    ],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_what_cannot_be_read_is_told_in_words_of_ours(client_of, file, told):
    administrator = client_of(UserFactory(is_framework_administrator=True))
    answer = administrator.post("/editions/new/file/", {"file": SimpleUploadedFile("e.yaml", file)})
    assert text_of(answer).split("Line Place Expected Found ")[1].startswith(told)


def test_every_problem_of_an_edition_file_has_its_words():
    codes = {code for code, _expected in datafile._EXPECTED.values()} - {"pattern"}
    codes |= {contradiction.value for contradiction in Contradiction}
    assert codes - set(problem_words.EXPECTED) == set()
    for case in BAD_FILES.values():
        old = ITEMS if case["replace"] == "ALL ITEMS" else case["replace"]
        with pytest.raises(FileRefused) as refused:
            parse_edition(changed((old, case["by"])))
        for problem in refused.value.problems:
            is_known = problem.code in problem_words.EXPECTED
            assert is_known or problem.expected.endswith(tuple(problem_words.EXACTLY)), problem


@pytest.mark.parametrize(
    ("code", "expected", "words"),
    [
        (
            "value_error",
            "1 to 20 letters, digits, dots and hyphens",
            "1 to 20 letters, digits, dots and hyphens",
        ),
        ("not_one_of", "'priority' or 'theme'", "one of: priority, theme"),
        ("too_small", "at least 1900", "at least 1900"),
        ("unknown_item", "the code of an item of old", "the code of an item of the edition before"),
        ("unknown_item", "the code of an item of this edition", "the code of an item of this edition"),
    ],
)
def test_numbers_and_lists_stand_in_the_words(code, expected, words):
    with translation.override("en"):
        assert problem_words.expected_words(FileProblem("", code, expected)) == words
