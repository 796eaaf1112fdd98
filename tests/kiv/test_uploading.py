"""What one request may upload: real multipart bodies through Django's own parser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kiv.uploading import FileLeftOut

BOUND = 100_000


@pytest.fixture(autouse=True)
def small_bound(settings):
    settings.UPLOAD_MAX_BYTES = BOUND
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000


@pytest.fixture
def send():
    """`send(**fields)`: a request as the server gets it, the fields in their order; closed in the end."""
    requests = []

    def send_one(**fields):
        requests.append(RequestFactory().post("/", fields))
        return requests[-1]

    yield send_one
    for request in requests:
        request.close()


def file(size: int, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size, content_type="application/pdf")


@pytest.mark.parametrize("size", [0, 1, 9_000, 90_000, BOUND])
def test_files_within_the_bound_are_whole(send, size):
    found = send(file=file(size)).FILES["file"]
    assert (found.name, found.size, found.read()) == ("plan.pdf", size, b"x" * size)


@pytest.mark.parametrize("size", [BOUND + 1, 500_000, 5_000_000])
def test_a_file_beyond_it_keeps_name_and_size_and_the_fields_stay(send, size):
    request = send(before="1", file=file(size), after="2")
    found = request.FILES["file"]
    assert isinstance(found, FileLeftOut)
    assert (found.name, found.size, found.read(), found.content_type) == (
        "plan.pdf",
        size,
        b"",
        "application/pdf",
    )
    assert request.POST.dict() == {"before": "1", "after": "2"}


def test_the_body_is_read_to_its_end(send):
    request = send(file=file(500_000))
    assert request.FILES["file"].size == 500_000
    assert request.environ["wsgi.input"].read() == b""


def test_files_count_together(send):
    request = send(a=file(60_000), b=file(60_000), c=file(10))
    assert [(name, len(one.read())) for name, one in request.FILES.items()] == [
        ("a", 60_000),
        ("b", 0),
        ("c", 0),
    ]
    assert [one.size for one in request.FILES.values()] == [60_000, 60_000, 10]


def test_what_was_kept_of_it_is_gone_at_once(send, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = send(a=file(500_000), b=file(10))
    assert [one.size for one in request.FILES.values()] == [500_000, 10]
    assert list(tmp_path.iterdir()) == []
