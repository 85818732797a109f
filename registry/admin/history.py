"""The changes of a record as people read them: labels for codes, choices and ids, and nothing of the machine's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.domain.codes import code_list
from registry.queries.audit import FieldChange, RecordChange
from registry.queries.divisions import division_names

# Beside the sealed value the index says nothing; whose division a row is, is said by the village.
HIDDEN_ENDINGS: Final = ("_index", "scope_code")


@dataclass(frozen=True, slots=True)
class History:
    """What the history of a model's records needs besides the model: the fields of others that its verbs change.

    `models` lend labels and choices of their fields; `codes` names the code list of a field; `links` the model whose id
    it holds; `divisions` are fields of division codes; `names` are labels of what is no field anywhere.
    """

    models: tuple[type[Model], ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, type[Model]] = field(default_factory=dict)
    divisions: tuple[str, ...] = ()
    names: Mapping[str, str | Promise] = field(default_factory=dict)

    def readable(self, changes: Iterable[RecordChange], model: type[Model]) -> list[RecordChange]:
        """Give the changes with labels; ids are looked up by one query a model, within the scope."""
        found = list(changes)
        labels, choices = self._of_fields(model)
        shown = self._shown(found)
        return [
            RecordChange(
                change.at,
                tuple(
                    FieldChange(
                        str(labels.get(one.label, one.label)),
                        _text(one.before, shown.get(one.label) or choices.get(one.label)),
                        _text(one.after, shown.get(one.label) or choices.get(one.label)),
                    )
                    for one in change.fields
                    if not one.label.endswith(HIDDEN_ENDINGS)
                ),
            )
            for change in found
        ]

    def _of_fields(self, model: type[Model]) -> "tuple[dict[str, object], dict[str, Callable[[str], str]]]":
        labels: dict[str, object] = {}
        choices: dict[str, Callable[[str], str]] = {}
        for one in (known for owner in (*self.models, model) for known in owner._meta.fields):
            labels |= {one.name: one.verbose_name, one.attname: one.verbose_name}
            if one.choices:
                choices[one.name] = partial(_label_in, {str(value): label for value, label in one.flatchoices})
        return labels | dict(self.names), choices

    def _shown(self, changes: list[RecordChange]) -> "dict[str, Callable[[str], str]]":
        shown: dict[str, Callable[[str], str]] = {name: code_list(code).label_of for name, code in self.codes.items()}
        for name, model in self.links.items():
            rows = model._default_manager.in_bulk(list(_values(changes, name)))
            shown[name] = partial(_label_in, {str(key): getattr(row, "name", "") or row for key, row in rows.items()})
        for name in self.divisions:
            shown[name] = partial(_label_in, division_names(_values(changes, name)))
        return shown


def _values(changes: list[RecordChange], name: str) -> set[str]:
    ones = (one for change in changes for one in change.fields if one.label == name)
    return {str(value) for one in ones for value in (one.before, one.after) if value}


def _label_in(labels: Mapping[str, Any], value: str) -> str:
    return str(labels.get(value, value))


def _text(value: object, label: Callable[[str], str] | None) -> str | None:
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(_text(item, label) or "" for item in value)
    return label(str(value)) if label else str(value)
