"""What a page costs on a weak network: long-lived addresses by content, compressed text, few scripts."""

import gzip
import re

import pytest
from django.templatetags.static import static
from django.test import Client

from registry.enums import Role
from tests.registry.people import client_of, person

LARGEST_PAGE = 20 * 1024
LARGEST_SCRIPTS = 220 * 1024


def fetch(client: Client, address: str) -> tuple[int, dict[str, str]]:
    """Give the size of an answer as it goes over the network, and its headers."""
    response = client.get(address, headers={"accept-encoding": "gzip"})
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # where it streams
    return len(body), dict(response.headers)


def test_style_sheet_is_kept_for_long_and_compressed_when_its_address_names_the_content() -> None:
    address = static("unfold/css/styles.css")

    size, headers = fetch(Client(), address)

    assert re.fullmatch(r"/static/unfold/css/styles\.css\?v=[0-9a-f]{12}", address)
    assert (headers["Cache-Control"], headers["Content-Encoding"]) == ("max-age=2592000, public", "gzip")
    assert size < 80 * 1024


def test_font_is_not_compressed_again_when_it_is_fetched() -> None:
    _size, headers = fetch(Client(), static("unfold/fonts/material-symbols/Material-Symbols-Outlined.woff2"))

    assert "Content-Encoding" not in headers


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/admin/households/household/", "/admin/find/"])
def test_page_and_its_scripts_are_light_when_somebody_opens_it(address: str) -> None:
    client = client_of(person(Role.COUNTY_OFFICE))
    page = client.get(address).content.decode()
    parts = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css)[^"]*)"', page))

    size, headers = fetch(client, address)
    scripts = sum(fetch(client, part)[0] for part in parts)

    assert headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert (size < LARGEST_PAGE, scripts < LARGEST_SCRIPTS) == (True, True), (size, scripts)
    assert re.findall(r'(?:src|href)="https?://', page) == []


@pytest.mark.django_db
def test_compressed_page_is_the_page_when_it_is_read() -> None:
    client = client_of(person(Role.COUNTY_OFFICE))

    packed = client.get("/admin/", headers={"accept-encoding": "gzip"}).content

    assert "County office" in gzip.decompress(packed).decode()
