"""How a file comes in: as JSON with base64, or as a form with the file itself."""

from typing import Any, Final

from rest_framework.parsers import DataAndFiles, MultiPartParser
from typing_extensions import override

from registry.api.bodies import JsonParser


class FileForm(MultiPartParser):
    """A form with a file. What is left out keeps its default, as in JSON: the library's own would read it as no."""

    @override
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        found = super().parse(*args, **kwargs)
        return DataAndFiles(found.data.dict(), found.files.dict())


BODIES: Final = (JsonParser, FileForm)
