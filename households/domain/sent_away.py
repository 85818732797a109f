"""Who went to another county by a letter and has no document: nothing but that letter tells that both are one."""

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import Conflict


def lives_elsewhere(field: str) -> Conflict:
    """Refuse to let the person join here, who would be counted in both counties and no claim would tell it."""
    message = _(
        "Another county took this person in, and without a document nobody would notice that both count the person. "
        "Ask that county to offer the person to this one. Where the person lives in no household there any more, take "
        "the person back on the page of the person and say what the office there told you."
    )
    return Conflict("person.sent_away", message, field=field)
