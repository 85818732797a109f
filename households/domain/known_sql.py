"""Expressions that keep what is on file where a draft does not know it; `py` is the year of a person on file."""

from typing import Final

from households.domain.person_facts import FACT_COLUMNS
from households.enums import NOT_AT_SCHOOL

_NOT_AT_SCHOOL: Final = ", ".join(f"'{code}'" for code in NOT_AT_SCHOOL)


def assignments(expressions: dict[str, str]) -> str:
    """Write what is set."""
    return ",\n    ".join(f"{name} = {expression}" for name, expression in expressions.items())


def differs(table: str, expressions: dict[str, str]) -> str:
    """Write that something would change."""
    old = ", ".join(f"{table}.{name}" for name in expressions)
    new = ", ".join(expressions.values())
    return f"({old}) IS DISTINCT FROM ({new})"


def _kept_if_unknown(name: str, kind: str) -> str:
    if kind.startswith("text["):
        return f"CASE WHEN cardinality(EXCLUDED.{name}) > 0 THEN EXCLUDED.{name} ELSE py.{name} END"
    stated = f"nullif(EXCLUDED.{name}, '')" if kind.startswith("text") else f"EXCLUDED.{name}"
    return f"coalesce({stated}, py.{name})"


PERSON_YEAR: Final = {name: _kept_if_unknown(name, kind) for name, kind in FACT_COLUMNS.items()}
# What the draft states ends what was on file and cannot be true beside it.
PERSON_YEAR["education_code"] = (
    f"CASE WHEN EXCLUDED.school_code NOT IN ({_NOT_AT_SCHOOL}) THEN '' ELSE {PERSON_YEAR['education_code']} END"
)
PERSON_YEAR["school_code"] = f"""CASE WHEN EXCLUDED.education_code <> '' AND EXCLUDED.school_code = ''
    AND py.school_code NOT IN ({_NOT_AT_SCHOOL}) THEN '' ELSE {PERSON_YEAR["school_code"]} END"""
PERSON_YEAR["work_division_code"] = (
    f"CASE WHEN EXCLUDED.works_abroad THEN '' ELSE {PERSON_YEAR['work_division_code']} END"
)
PERSON_YEAR["works_abroad"] = f"""CASE WHEN EXCLUDED.work_division_code <> '' THEN EXCLUDED.works_abroad
    ELSE {PERSON_YEAR["works_abroad"]} END"""
_CONTACT: Final = """CASE WHEN {draft}.{name}_index IS NULL THEN {row}.{name}_{part} ELSE {draft}.{name}_{part} END"""


def contacts(row: str, draft: str, *names: str) -> str:
    """Write that sealed contacts are those of the draft, where it knows them."""
    return assignments(
        {
            f"{name}_{part}": _CONTACT.format(draft=draft, row=row, name=name, part=part)
            for name in names
            for part in ("sealed", "index")
        }
    )
