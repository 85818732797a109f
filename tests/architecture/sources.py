"""The product's own source files, for tests of the code base itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from registry.lib.product import PRODUCT_APPS

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("config", *PRODUCT_APPS)


def sources() -> Iterator[Path]:
    """Give every module that is not a migration."""
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """Give the path as the reader of a test knows it."""
    return path.relative_to(ROOT).as_posix()


def modules_with(pattern: str) -> list[str]:
    """Name the modules in which the pattern occurs."""
    return [name_of(path) for path in sources() if re.search(pattern, path.read_text(encoding="utf-8"))]


def definitions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, int]]:
    """Give every function and class as (where, node, number of lines)."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{name_of(path)}:{node.name}", node, length
