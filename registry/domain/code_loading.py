"""Bring the code lists of files into the register: read, check, compare, write."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from registry import audit
from registry.domain.codes import folded, forget_code_lists
from registry.lib.errors import DomainError
from registry.lib.messages import Message
from registry.lib.messages import gettext_lazy as _
from registry.models import Code
from registry.queries.codes import all_codes
from registry.tenancy.context import Actor

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "code_lists"
COLUMNS: Final = (
    "scheme", "edition", "code", "label_zh", "label_en", "parent", "valid_from", "valid_to", "gb_scheme", "gb_code",
    "aliases", "note",
)  # fmt: skip
HEAD: Final = ("label_zh", "label_en", "source")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One entry as a file states it."""

    scheme: str
    edition: str
    code: str
    label_zh: str
    label_en: str
    parent_code: str
    position: int
    valid_from: date | None
    valid_to: date | None
    gb_scheme: str
    gb_code: str
    aliases: tuple[str, ...]
    note: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Give what is unique: list, edition and code."""
        return self.scheme, self.edition, self.code

    def overlaps(self, other: "CodeRow") -> bool:
        """Tell whether there is a day on which both hold."""
        starts_before_end = self.valid_from is None or other.valid_to is None or self.valid_from < other.valid_to
        return starts_before_end and (
            other.valid_from is None or self.valid_to is None or other.valid_from < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class CodeDifference:
    """What loading would change: entries that are new, that read otherwise, and that no file holds any more."""

    new: tuple[CodeRow, ...]
    changed: tuple[CodeRow, ...]
    unlisted: tuple[tuple[str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not (self.new or self.changed)


@dataclass(frozen=True, slots=True)
class CodeFileHead:
    """What a file says of its list: the label in both languages and the source."""

    scheme: str
    label_zh: str
    label_en: str
    source: str


def read_code_files(folder: Path = FOLDER) -> list[CodeRow]:
    """Read every list of a folder and check each.

    Raises: DomainError `codes.…` with the file, the line or code, and the remedy.
    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise DomainError("codes.no_files", _("The folder holds no code lists (*.csv). Name another folder."))
    return [row for path in paths for row in _read(path)]


def read_code_heads(folder: Path = FOLDER) -> list[CodeFileHead]:
    """Read what the files say of their lists."""
    return [CodeFileHead(path.stem, **dict(_head(path))) for path in sorted(folder.glob("*.csv"))]


def difference_of_codes(rows: Iterable[CodeRow]) -> CodeDifference:
    """Compare the entries of files with those on record."""
    on_record = {(code.scheme, code.edition, code.code): _row(code) for code in all_codes()}
    listed = {row.key: row for row in rows}
    return CodeDifference(
        new=tuple(row for key, row in listed.items() if key not in on_record),
        changed=tuple(row for key, row in listed.items() if key in on_record and on_record[key] != row),
        unlisted=tuple(sorted(set(on_record) - set(listed))),
    )


def load_codes(difference: CodeDifference, *, actor: Actor) -> None:
    """Write what is new or changed. Nothing is deleted, since rows may hold the code: a list ends by `valid_to`."""
    rows = [*difference.new, *difference.changed]
    if not rows:
        return
    Code.objects.bulk_create(
        [Code(**(asdict(row) | {"aliases": list(row.aliases)})) for row in rows],
        update_conflicts=True,
        unique_fields=["scheme", "edition", "code"],
        update_fields=[field.name for field in fields(CodeRow) if field.name not in {"scheme", "edition", "code"}],
    )
    audit.record("registry.load_codes", actor=actor, object_type="registry.code", count=len(rows))
    forget_code_lists()


def _row(code: Code) -> CodeRow:
    values = {field.name: getattr(code, field.name) for field in fields(CodeRow)}
    return CodeRow(**(values | {"aliases": tuple(code.aliases)}))


def _head(path: Path) -> Iterator[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for name, line in zip(HEAD, [*lines, "", "", ""], strict=False):
        start = f"# {name}: "
        if not line.startswith(start) or not line.removeprefix(start).strip():
            raise _refused("codes.head", path, _("The file %(file)s must begin with the lines %(head)s."))
        yield name, line.removeprefix(start).strip()


def _read(path: Path) -> list[CodeRow]:
    dict(_head(path))
    reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines()[len(HEAD) :], strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise _refused("codes.columns", path, _("The columns of %(file)s must be %(columns)s."))
    rows = [_parsed(path, position, values) for position, values in enumerate(reader, start=1)]
    _check_parents(path, rows)
    _check_spellings(path, rows)
    return rows


def _parsed(path: Path, position: int, values: dict[str, str]) -> CodeRow:
    complete = None not in values and None not in values.values()
    if (
        not complete
        or values["scheme"] != path.stem
        or not (values["edition"] and values["code"] and values["label_zh"])
    ):
        message = _("Line %(line)s of %(file)s must name the list of the file, an edition, a code and a label.")
        raise _refused("codes.line", path, message, line=position + len(HEAD) + 1)
    try:
        valid_from, valid_to = (
            date.fromisoformat(values[name]) if values[name] else None for name in ("valid_from", "valid_to")
        )
    except ValueError:
        message = _("A date in line %(line)s of %(file)s is not written as YYYY-MM-DD.")
        raise _refused("codes.date", path, message, line=position + len(HEAD) + 1) from None
    return CodeRow(
        scheme=values["scheme"],
        edition=values["edition"],
        code=values["code"],
        label_zh=values["label_zh"],
        label_en=values["label_en"],
        parent_code=values["parent"],
        position=position,
        valid_from=valid_from,
        valid_to=valid_to,
        gb_scheme=values["gb_scheme"],
        gb_code=values["gb_code"],
        aliases=tuple(part for part in values["aliases"].split("|") if part),
        note=values["note"],
    )


def _check_parents(path: Path, rows: list[CodeRow]) -> None:
    codes = {row.code for row in rows}
    for row in rows:
        if row.parent_code and row.parent_code not in codes - {row.code}:
            message = _("The parent of code %(code)s in %(file)s is not in the list.")
            raise _refused("codes.parent", path, message, code=row.code)


def _check_spellings(path: Path, rows: list[CodeRow]) -> None:
    """Refuse two entries that hold on one day and share the code, or a spelling under one parent."""
    seen: defaultdict[tuple[str, str], list[CodeRow]] = defaultdict(list)
    for row in rows:
        spellings = {("spelling", row.parent_code + "/" + folded(text)) for text in (row.label_zh, *row.aliases)}
        for key in {("code", row.code), *spellings}:
            if any(row.overlaps(other) for other in seen[key]):
                message = _(
                    "Code %(code)s in %(file)s shares its code or a spelling with another that holds on the same day."
                )
                raise _refused("codes.twice", path, message, code=row.code)
            seen[key].append(row)


def _refused(code: str, path: Path, message: Message, /, **places: object) -> DomainError:
    named = {"file": path.name, "columns": ", ".join(COLUMNS), "head": ", ".join(f"# {name}: …" for name in HEAD)}
    return DomainError(code, message % (named | places))
