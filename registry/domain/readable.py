"""The changes of a record as people read them: labels for codes, choices and ids, and nothing of the machine's own."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.access import rules
from registry.domain.codes import code_list
from registry.queries.audit import FieldChange, RecordChange
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor

# Beside the sealed value the index says nothing; whose division a row is, is said by the village.
HIDDEN_ENDINGS: Final = ("_index", "scope_code")
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A field before and after in words, beside the change as it is stored."""

    raw: FieldChange
    title: str
    before: str | None
    after: str | None


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
        """Give the changes with labels in place of names and codes."""
        found = list(changes)
        shown = iter(self.shown([change.fields for change in found], model))
        return [
            RecordChange(change.at, tuple(FieldChange(one.title, one.before, one.after) for one in fields))
            for change, fields in zip(found, shown, strict=True)
        ]

    def shown(self, changes: Iterable[Iterable[FieldChange]], model: type[Model]) -> "list[tuple[ShownChange, ...]]":
        """Give each change as people read it; ids are looked up by one query a model, within the scope."""
        found = [tuple(one for one in fields if not self.hides(one)) for fields in changes]
        labels, choices = self._of_fields(model)
        shown = self._shown([one for fields in found for one in fields], model)
        told = [
            [
                ShownChange(
                    one,
                    str(labels.get(one.label, one.label)),
                    _text(one.before, shown.get(one.label) or choices.get(one.label)),
                    _text(one.after, shown.get(one.label) or choices.get(one.label)),
                )
                for one in fields
            ]
            for fields in found
        ]
        return [tuple(one for one in fields if not _is_unnamed(one)) for fields in told]

    def hides(self, change: FieldChange) -> bool:
        """Tell whether a field says nothing to people."""
        return change.label.endswith(HIDDEN_ENDINGS)

    def _of_fields(self, model: type[Model]) -> "tuple[dict[str, object], dict[str, Callable[[str], str]]]":
        labels: dict[str, object] = {}
        choices: dict[str, Callable[[str], str]] = {}
        for one in (known for owner in (*self.models, model) for known in owner._meta.fields):
            labels |= {one.name: one.verbose_name, one.attname: one.verbose_name}
            choosing = getattr(one, "base_field", one)  # an array has the choices of its items
            if choosing.choices:
                choices[one.name] = partial(_label_in, {str(value): label for value, label in choosing.flatchoices})
        return labels | dict(self.names), choices

    def _shown(self, changes: list[FieldChange], model: type[Model]) -> "dict[str, Callable[[str], str]]":
        shown: dict[str, Callable[[str], str]] = {name: code_list(code).label_of for name, code in self.codes.items()}
        for name, linked in {**_relations(model), **self.links}.items():
            ids = [value for value in _values(changes, name) if _is_id(value)]
            rows = linked._default_manager.in_bulk(ids) if ids else {}
            shown[name] = partial(_label_in, {str(key): getattr(row, "name", "") or row for key, row in rows.items()})
        for name in self.divisions:
            shown[name] = partial(_label_in, division_names(_values(changes, name)))
        return shown


def _relations(model: type[Model]) -> dict[str, type[Model]]:
    """Give the model that each relation of a model's leads to, by its name and by that of its column."""
    related = [(one, one.related_model) for one in model._meta.fields]
    return {name: to for one, to in related if isinstance(to, type) for name in (one.name, one.attname)}


def _is_unnamed(change: ShownChange) -> bool:
    """Tell whether a change leads from an id to an id that nothing names: it says nothing to people."""
    sides = [side for side in (change.before, change.after) if side is not None]
    return bool(sides) and all(_is_id(side) for side in sides)


def _values(changes: list[FieldChange], name: str) -> set[str]:
    sides = (side for one in changes if one.label == name for side in (one.before, one.after) if side)
    return {str(value) for side in sides for value in (side if isinstance(side, list) else [side])}


def _is_id(value: str) -> bool:
    return _ID.fullmatch(value) is not None


def _label_in(labels: Mapping[str, Any], value: str) -> str:
    return str(labels.get(value, value))


def _text(value: object, label: Callable[[str], str] | None) -> str | None:
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return _("%(count)s entries") % {"count": len(value)}
    if isinstance(value, list):
        return ", ".join(_text(item, label) or "" for item in value)
    return label(str(value)) if label else str(value)


def label_of(code: str, *schemes: str) -> str:
    """Give the label of a code in the reader's language, from the first of the lists that holds it."""
    lists = [code_list(scheme) for scheme in schemes]
    return next((held for held in lists if code in held), lists[0]).label_of(code) if code else ""


_described: Final[dict[type[Model], History]] = {}
_views: Final[dict[type[Model], str]] = {}


def describe(model: type[Model], history: History, *, view: str) -> None:
    """Have the records of a model read like this wherever they are shown: on its own page, in a timeline, by REST.

    `view` is the right that opens its page, and is asked for wherever else its changes are told.
    """
    _described[model] = history
    _views[model] = view


def history_of(model: type[Model], otherwise: type[Model] | None = None) -> History:
    """Give how the records of a model are read; what nobody described is read like the row that it belongs to."""
    found = _described.get(model) or (_described.get(otherwise) if otherwise else None)
    return found or History()


def may_view(actor: Actor, model: type[Model]) -> bool:
    """Tell whether the actor's role sees records of a model: by the right of its page, else of its app."""
    action = _views.get(model) or f"{model._meta.app_label}.view"
    return any(rule.action == action and actor.role in rule.roles for rule in rules())
