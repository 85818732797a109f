"""The page for operators names what there is to call and what runs by itself."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from registry.jobs import due_kinds, job_kinds
from registry.lib.product import PRODUCT_APPS

PAGE = Path(settings.BASE_DIR) / "docs" / "operations.md"


def listed(heading: str) -> set[str]:
    """Give what the first column of the table below a heading names."""
    below = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([\w.]+)` \|", below, re.MULTILINE))


def test_every_command_is_listed_when_the_page_is_read() -> None:
    ours = {name for name, app in get_commands().items() if app in PRODUCT_APPS}

    assert listed("Commands") == ours


def test_every_kind_of_work_is_listed_when_the_page_is_read() -> None:
    ours = {kind for kind in (*job_kinds(), *due_kinds()) if not kind.startswith("test.")}

    assert listed("What runs by itself") == ours
