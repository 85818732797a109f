"""What may follow what in the life of a form; the table feeds functions, buttons and database."""

from typing import Final

from oneform.enums import FormState

Steps = dict[str, frozenset[str]]

# What was closed by mistake is opened again, unless a later edition took its place.
FORM_STEPS: Final[Steps] = {
    FormState.OPEN: frozenset({FormState.CLOSED}),
    FormState.CLOSED: frozenset({FormState.OPEN}),
}
