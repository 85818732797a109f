"""Write the state machines of all apps, as their workflow tables say, into docs/states.md."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override as language
from typing_extensions import override

PAGE: Final = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD: Final = """# States

What may become of what, printed from the tables in each app's `workflow.py` by `manage.py describe_states --write`.
Python, the buttons of the site and, where a table is armed, the triggers of the database read the same lines; a test
holds this page to them.
"""


def states_page() -> str:
    """Give the page: a section for each table of each app, in English."""
    with language("en"):
        return "\n".join([HEAD, *(line for config in apps.get_app_configs() for line in _app(config.name))])


def _app(app: str) -> Iterator[str]:
    if find_spec(f"{app}.workflow") is None:
        return
    module = import_module(f"{app}.workflow")
    for name, table in _tables(module):
        yield f"## {app}: {name.lower().replace('_', ' ')}\n"
        yield from (*table, "")


def _tables(module: ModuleType) -> Iterator[tuple[str, list[str]]]:
    """Find the tables of a module: lists of changes, steps from state to states, and what dossiers begin from."""
    for name, value in vars(module).items():
        if not name.isupper():
            continue
        if isinstance(value, tuple) and value and hasattr(value[0], "sources"):
            yield name, _changes(value)
        elif isinstance(value, dict) and all(isinstance(one, frozenset) for one in value.values()):
            yield name, _rows(("from", "to"), ((_state(state), _states(after)) for state, after in value.items()))
        elif isinstance(value, dict) and all(hasattr(one, "statuses") for one in value.values()):
            columns = ("kind", "status", "monitoring", "ends in")
            rows = (
                (_state(k), _states(p.statuses), _states(p.monitoring), _codes(p.changes)) for k, p in value.items()
            )
            yield name, _rows(columns, rows)


def _changes(lines: Iterable[Any]) -> list[str]:
    rows = [
        (f"`{line.name}`", str(line.label), _states(line.sources), _state(line.target), _posted(line)) for line in lines
    ]
    return _rows(("change", "in words", "from", "to", "posted as"), rows)


def _posted(line: Any) -> str:  # noqa: ANN401  (a line of any app's table)
    return f"`{line.kind.value}`" if hasattr(line, "kind") else ""


def _rows(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Write a table; a column in which nothing stands is left out."""
    found = list(rows)
    kept = [place for place in range(len(columns)) if any(row[place] for row in found)]
    written = [columns, tuple("---" for _column in columns), *found]
    return ["| " + " | ".join(row[place] for place in kept) + " |" for row in written]


def _state(state: Any) -> str:  # noqa: ANN401  (a choice of any app)
    return f"`{getattr(state, 'value', state)}` {getattr(state, 'label', '')}".strip()


def _states(states: Iterable[Any]) -> str:
    """List states in the order in which their app names them."""
    found = list(states)
    choices = getattr(type(found[0]), "__members__", {}) if found else {}
    order = [*choices.values()] or sorted(found)
    return "; ".join(_state(state) for state in sorted(found, key=order.index)) or "–"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


class Command(BaseCommand):
    """Print the state machines, or write them into docs/states.md."""

    help = "Print the tables of states of all apps; --write puts them into docs/states.md."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/states.md")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            PAGE.write_text(states_page(), encoding="utf-8")
        else:
            self.stdout.write(states_page())
