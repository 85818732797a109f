"""How a file comes in, as JSON with base64 or as a form with the file itself, and how one goes out."""

import base64
from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.parsers import DataAndFiles, MultiPartParser
from typing_extensions import override

from registry.api.bodies import JsonParser
from registry.domain.files import MOST_BYTES


class FileForm(MultiPartParser):
    """A form with a file. What is left out keeps its default, as in JSON: the library's own would read it as no."""

    @override
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        found = super().parse(*args, **kwargs)
        return DataAndFiles(found.data.dict(), found.files.dict())


BODIES: Final = (JsonParser, FileForm)


class FileShape(serializers.Serializer[Any]):
    """A file: as `file` of multipart/form-data, or in JSON as `name` and `content`, which is base64."""

    name = serializers.CharField(max_length=200, required=False)
    content = serializers.CharField(required=False)
    file = serializers.FileField(required=False, allow_empty_file=True, max_length=200)

    def validate_content(self, text: str) -> bytes:
        """Read base64."""
        try:
            return base64.b64decode(text, validate=True)
        except ValueError as error:
            raise serializers.ValidationError(_("The content is not base64.")) from error

    @override
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Give name and content, whichever way they came."""
        file = attrs.pop("file", None)
        if file is not None and file.size <= MOST_BYTES:
            attrs |= {"name": file.name, "content": file.read()}
        elif file is not None:
            # One byte too many is enough for the domain to refuse it with its sentence.
            attrs |= {"name": file.name, "content": file.read(MOST_BYTES + 1)}
        if "name" not in attrs or "content" not in attrs:
            raise serializers.ValidationError({"file": _("Send a file, or name and content.")})
        return attrs


def file_response(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Answer with a file that is to be kept by whoever asked, and by nothing on the way."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)
