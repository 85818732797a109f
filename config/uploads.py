"""Take uploads into memory alone: a file in a folder for temporary ones would hold persons' data in clear."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from typing_extensions import override


class MemoryOnlyHandler(MemoryFileUploadHandler):
    """Keeps what a request may hold; of a larger one only the size, so that its form can say what is wrong."""

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return super().receive_data_chunk(raw_data, start) if self.activated else None

    @override
    def file_complete(self, file_size: int) -> Any:
        if self.activated:
            return super().file_complete(file_size)
        return InMemoryUploadedFile(
            io.BytesIO(), self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
