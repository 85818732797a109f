"""The shape of the code: nothing grows past what one can read at a time."""

import ast

from tests.architecture.sources import definitions, name_of, sources

FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "managers", "misc"}


def test_files_stay_under_400_lines_when_counted() -> None:
    long = [name_of(path) for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > 400]

    assert long == []


def test_functions_stay_under_60_lines_when_counted() -> None:
    long = [where for where, node, length in definitions() if not isinstance(node, ast.ClassDef) and length > 60]

    assert long == []


def test_classes_stay_under_250_lines_when_counted() -> None:
    long = [where for where, node, length in definitions() if isinstance(node, ast.ClassDef) and length > 250]

    assert long == []


def test_no_module_has_a_name_that_says_nothing_when_listed() -> None:
    empty = [name_of(path) for path in sources() if path.stem in FORBIDDEN_NAMES]

    assert empty == []
