"""Taking a file in without ever holding more of it than we accept."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from transfers.files import MOST_BYTES


class LimitedUpload(FileUploadHandler):
    """Lets what is too large run past without keeping it; the form then says so."""

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > MOST_BYTES:
            self.request.is_upload_too_large = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size):
        return None


def limited_upload(view):
    """Decorator: the limit stands before anybody reads the request; then comes the token."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.upload_handlers.insert(0, LimitedUpload(request))
        return protected(request, *args, **kwargs)

    return guarded
