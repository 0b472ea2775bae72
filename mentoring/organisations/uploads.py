"""Files that people send: bounded while they arrive."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler


class Bounded(FileUploadHandler):
    """Stops reading at the limit (Django's own limit does not count files). The form then finds no file and says so."""

    received = 0

    def bound(self, raw_data: bytes) -> None:
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_BYTES:
            setattr(self.request, "upload_too_large", True)
            raise StopUpload(connection_reset=False)


class BoundedUploadHandler(Bounded, TemporaryFileUploadHandler):
    """Keeps a file of bounded size until the request has been answered."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.bound(raw_data)
        super().receive_data_chunk(raw_data, start)
