"""A bound on what one request may upload. What lives here: the handler that keeps it. Not here: what a file
may hold, which each form says of its own.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class FileLeftOut(UploadedFile):
    """A file of which the content was not kept: `size` (bytes) is what was sent, reading it gives nothing.

    Every form refuses it by its own check of the size.
    """


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the files of one request together below settings.UPLOAD_MAX_BYTES; comes before other handlers.

    The rest is read from the connection and forgotten. Cutting the connection would show the person an error
    of the browser; skipping the rest of the request would lose the fields that come after the file.
    """

    def __init__(self, request=None) -> None:
        super().__init__(request)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.is_left_out = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_MAX_BYTES:
            return raw_data
        if not self.is_left_out:
            self.is_left_out = True
            self._drop_what_was_kept()
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.is_left_out:
            return None
        return FileLeftOut(
            BytesIO(), self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def _drop_what_was_kept(self) -> None:
        """The handlers after this one hold the beginning of the file: memory, or a temporary file."""
        for handler in self.request.upload_handlers:
            if file := getattr(handler, "file", None):
                file.close()
