"""A process that is killed inside a service leaves all of the act, or nothing of it: on both databases."""

import pytest

from tests.killed.living import Story, live_through
from tests.killed.stories import STORIES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("read_inline")]


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path) -> None:
    """Files where the test can look; the demonstration may be loaded; mails leave as files."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "sent")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_all_or_nothing(story: Story, tmp_path):
    live_through(story, tmp_path)
