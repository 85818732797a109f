"""Migrating without drawing every model anew: most operations change Django's picture of the models in one place.

Django keeps classes of all models as they were at each point of the migrations. After an operation it makes the class
of the changed model anew and those of the models around it, which here are nearly all, since every table has a tenant:
about 75,000 classes for a new database. A new model, column, constraint, index or option needs only its own class: what
points to a model asks it for its table and key, and these stay as they were.

Changed keys and relations go on drawing what is around them, found by name and not by class. Before an operation runs
Python, all classes are made anew, as Django itself does after what it calls delayed changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db.migrations.state import ProjectState

# What changes one model and nothing that others ask it for.
_IN_ONE_PLACE: Final = (
    "add_model", "add_field", "alter_model_options", "_append_option", "_remove_option", "_alter_option",
)  # fmt: skip

_Method = Callable[..., Any]


@contextmanager
def models_drawn_alone() -> Iterator[None]:
    """Draw only the changed model after operations that leave its neighbours as they are, as long as this lasts.

    It changes Django's own classes for the whole process, so it is for a command that does nothing else.
    """
    former: list[tuple[type[Any], str, _Method]] = []

    def put(owner: type[Any], name: str, written: Callable[[_Method], _Method]) -> None:
        method = getattr(owner, name)
        former.append((owner, name, method))
        setattr(owner, name, written(method))

    try:
        for name in _IN_ONE_PLACE:
            put(ProjectState, name, _drawing_one)
        put(ProjectState, "_find_reload_model", _found)
        yield
    finally:
        for owner, name, method in reversed(former):
            setattr(owner, name, method)


def _drawing_one(method: _Method) -> _Method:
    def change(state: ProjectState, *arguments: Any, **named: Any) -> None:
        state.__dict__["drawn_alone"] = True
        try:
            method(state, *arguments, **named)
        finally:
            del state.__dict__["drawn_alone"]

    return change


def _found(method: _Method) -> _Method:
    def find(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: FBT001, FBT002  (Django's signature)
        if not state.__dict__.get("drawn_alone"):
            found: set[tuple[str, str]] = method(state, app_label, model_name, delay)
            return found
        state.is_delayed = True
        return {(app_label, model_name)}

    return find
