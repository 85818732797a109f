"""A sentence kept on record and shown in the language of whoever reads it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override as language
from typing_extensions import override

from registry.lib.messages import Message, kept, restored

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class SentenceField(_TextField):
    """The English of a sentence with its values apart; read from the database it is a Message, or '' for none."""

    @override
    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Promise):
            with language(None):  # Django's lazy sentences give their English away in no language alone
                return kept(str(value))
        return kept(value) if isinstance(value, Message) or value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Message | str:
        """Give the sentence, which is translated whenever it is shown."""
        return restored(value) if value else ""
