"""The errors that a person may see.

A domain function raises one of these; the door it was called from translates it (problem+json, form error, line of a
workbook). No message ever quotes a value of a person: it names the place, what is wrong, and the remedy.
"""

from typing_extensions import override


class DomainError(Exception):
    """Refuse an action with a sentence for the person who asked for it.

    `code` is stable and machine readable (`area.what_is_wrong`), `message` a sentence in the reader's language (lazy
    translations are fine), `field` the name of the field at fault where there is one.
    """

    def __init__(self, code: str, message: object, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field

    @override
    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The actor may not do this."""


class NotFound(DomainError):
    """There is no such row in the actor's scope: unknown and forbidden look the same."""


class StaleVersion(DomainError):
    """The row was changed by somebody else since it was read."""


class Conflict(DomainError):
    """The request is right in itself but the present state does not admit it."""
