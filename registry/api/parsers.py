"""How the body of a request is read."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from typing_extensions import override

NOT_JSON: Final = _("The body is not valid JSON. Check its brackets, quotation marks and encoding (UTF-8).")


class JsonParser(JSONParser):
    """JSON, with a sentence of ours when it is none: the library's own may quote what was sent."""

    @override
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except (ParseError, RecursionError) as error:
            raise ParseError(NOT_JSON) from error
