"""Every text of every table as markup: no page shows it as such, and no script of a page reads it as code."""

import html
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

import psycopg
import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponseBase
from psycopg import sql
from typing_extensions import override

from registry.access import rules
from registry.enums import Role
from registry.lib.product import PRODUCT_APPS
from registry.models.sentence import SentenceField
from tests.registry.people import SITE_ROLES
from tests.tenancy import matrix
from tests.tenancy.addresses import address
from tests.tenancy.test_leaks import SITE
from tests.tenancy.world import World

pytestmark = pytest.mark.slow
# It ends an attribute and a tag, and begins an element.
MARKUP: Final = "\"'><b y>"
ELEMENT: Final = "b"
# Attributes that the theme's scripts read as code.
SCRIPTED: Final = ("x-", "@", ":", "on", "hx-")
# What is not typed by people: codes, states, keys, hashes.
APART: Final = (
    "basis", "code", "digest", "direction", "edition", "form", "key", "kind", "language", "month", "origin",
    "password", "precision", "prefix", "report", "report_id", "scheme", "sha256", "state", "status", "table_name",
    "terrain", "type", "username", "verb", "why",
)  # fmt: skip


def typed_columns() -> Iterator[tuple[str, str]]:
    """Give each column with a text that somebody typed, as (table, column)."""
    for model in (model for app in PRODUCT_APPS for model in apps.get_app_config(app).get_models()):
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, SentenceField)
            if is_text and not field.choices and not field.primary_key and not field.name.endswith(APART):
                yield model._meta.db_table, str(field.column)


SITE_ACTIONS: Final = {**matrix.PAGES, **matrix.model_pages()}
# Somebody who may open a page: the county's office where it can.
ROLES: Final = {
    rule.action: min(rule.roles & {*SITE_ROLES}, key=lambda role: (role is not Role.COUNTY_OFFICE, role))
    for rule in rules()
    if rule.roles & {*SITE_ROLES}
} | {"": Role.COUNTY_OFFICE}
COLUMNS: Final = sorted(typed_columns())


@pytest.fixture(scope="module")
def hostile(world: World) -> World:
    """The world with markup in every text, written past all that would have refused it."""
    with psycopg.connect(world.database.owner_url) as connection:
        for table in sorted({table for table, _column in COLUMNS}):
            name = sql.Identifier(table)
            guarded = connection.execute(
                "SELECT FROM pg_class WHERE relname = %s AND relrowsecurity", [table]
            ).fetchone()
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER, DISABLE ROW LEVEL SECURITY").format(name))
            checks = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
            for (check,) in connection.execute(checks, [table]).fetchall():
                connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(check)))
            columns = [column for one, column in COLUMNS if one == table]
            numbered = sql.SQL(", ").join(
                sql.SQL("{} = left({} || n.place, 255)").format(sql.Identifier(column), sql.Literal(MARKUP))
                for column in columns
            )
            connection.execute(
                sql.SQL(
                    "UPDATE {0} t SET {1} FROM (SELECT ctid, row_number() OVER () AS place FROM {0}) n"
                    " WHERE t.ctid = n.ctid"
                ).format(name, numbered)
            )
            if guarded is not None:
                connection.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name))
    return world


class Markup(HTMLParser):
    """Collects what of a page came out of a text: elements, and attributes that scripts read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == ELEMENT and ("y", None) in attrs:
            self.found.append(f"element at {self.getpos()}")
        self.found += [
            f"{tag} {name}={value}" for name, value in attrs if name.startswith(SCRIPTED) and MARKUP in (value or "")
        ]
        self.found += [f"{tag} {name}" for name, _value in attrs if "<b" in name]

    @override
    def handle_data(self, data: str) -> None:
        if self.inside == "script" and "<b y" in data:
            self.found.append(f"script at {self.getpos()}")


def page_of(answer: HttpResponseBase) -> str:
    """Give the text of a page; a file that is handed out, such as a workbook, is none."""
    is_file = str(answer.headers.get("Content-Disposition", "")).startswith("attachment")
    content: bytes = getattr(answer, "content", b"")
    return "" if is_file else content.decode("utf-8", "replace")


@pytest.mark.parametrize("name", SITE)
def test_text_stays_a_text_when_a_page_shows_it(hostile: World, name: str) -> None:
    where = address(hostile, name)

    answer = hostile.browser(ROLES[SITE_ACTIONS.get(name, "registry.use_site")]).get(where)

    assert answer.status_code < 500
    assert Markup(page_of(answer)).found == []


@pytest.mark.parametrize(("model", "verb", "action"), matrix.verb_pages(), ids=str)
def test_text_stays_a_text_when_the_page_of_a_verb_shows_it(hostile: World, model: str, verb: str, action: str) -> None:
    where = address(hostile, f"admin:{model}_verb", verb=verb)

    page = hostile.browser(ROLES[action]).get(where).content.decode()

    assert Markup(page).found == []


def test_markup_is_found_when_a_page_would_hold_it(hostile: World) -> None:
    page = hostile.browser(Role.COUNTY_OFFICE).get("/admin/households/household/").content.decode()

    assert (page.count("&lt;b y") > 5, len(Markup(html.unescape(page)).found) > 5) == (True, True)
