"""The vocabulary in docs/ is that of the code."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from registry.domain.code_loading import read_code_heads
from registry.lib.product import PRODUCT_APPS

DOCS = Path(__file__).parents[2] / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(?:\w+\.)?(\w+)`", GLOSSARY))
# The lines of the table of lists; that of the files' columns has two cells.
LISTS = re.findall(r"^\| `.+(?: \| .*){4} \|$", (DOCS / "codes.md").read_text(encoding="utf-8"), re.MULTILINE)
# What every row has, and no form.
TECHNICAL = {"id", "tenant", "scope_code", "version", "created_at", "updated_at"}
APPS = tuple(app for app in PRODUCT_APPS if app not in {"registry", "reports", "exchange"})
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_glossary_names_each_field_when_a_model_has_it(model: type[Model]) -> None:
    fields = {field.name for field in model._meta.concrete_fields} - TECHNICAL

    assert {model.__name__, *fields} - NAMED == set()


def test_codes_page_says_of_each_list_what_its_file_says_when_it_is_read() -> None:
    cells = {tuple(line.split(" | ")[0:3]): line for line in LISTS}

    named = {(f"| `{head.scheme}`", head.label_zh, head.label_en): head.source for head in read_code_heads()}

    assert set(named) == set(cells)
    assert [key for key, source in named.items() if not cells[key].endswith(f"| {source} |")] == []


def test_codes_page_says_of_each_list_which_column_it_checks_when_it_is_read() -> None:
    uses = {line.split(" | ")[0]: line.split(" | ")[3] for line in LISTS}
    columns = {f"{model.__name__}.{field.name}" for model in MODELS for field in model._meta.get_fields()}
    named = {column for use in uses.values() for column in re.findall(r"`([A-Z]\w+\.[a-z_]+)`", use)}

    assert [name for name, use in uses.items() if not use.strip()] == []
    assert named - columns == set()
