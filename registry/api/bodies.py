"""How the body of a request is read, and that of an answer written."""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder
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


class _Encoder(JSONEncoder):
    @override
    def default(self, obj: Any) -> Any:
        """Write an amount as text: as a number it would pass through a float, in this program or in the next."""
        return str(obj) if isinstance(obj, Decimal) else super().default(obj)


class JsonRenderer(JSONRenderer):
    """JSON with exact amounts."""

    encoder_class = _Encoder
