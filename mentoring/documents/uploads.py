"""A file that somebody wants checked: looked at while it arrives, and never written anywhere."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopFutureHandlers

from mentoring.organisations.uploads import Bounded

from .identity import Identity, Reader

WHERE = "/verify/"


class SeenFile(UploadedFile):
    """What is left of a file that was sent to be checked: what it is, and nothing of what is in it."""

    def __init__(self, identity: Identity, **about: Any) -> None:
        super().__init__(**about)
        self.identity = identity


class FingerprintingUploadHandler(Bounded):
    """Stands before the handlers that keep files, and takes all files that are sent to the check."""

    def new_file(self, *about: Any, **more: Any) -> None:
        super().new_file(*about, **more)
        self.takes = self.request is not None and self.request.path == WHERE
        self.reader = Reader()
        if self.takes:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.takes:
            return raw_data
        self.bound(raw_data)
        self.reader.take(raw_data)
        return None

    def file_complete(self, file_size: int) -> SeenFile | None:
        if not self.takes:
            return None
        return SeenFile(self.reader.identity(), name=self.file_name, content_type=self.content_type, size=self.received)
