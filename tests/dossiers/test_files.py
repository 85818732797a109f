"""Files that are made to be no file, and names that are made to be no name."""

import base64
import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from dossiers.domain.files import media_type_of
from dossiers.domain.papers import add_evidence
from dossiers.models import Evidence
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.models import Document
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import BEGUN_ON, PDF, begun
from tests.factories.pictures import jpeg, png
from tests.factories.tenants import county_office
from tests.registry.people import client_of, person, token_of


def letter(*parts: str) -> bytearray:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in ("[Content_Types].xml", "word/document.xml", *parts):
            archive.writestr(part, "x")
    return bytearray(file.getvalue())


def of_another_version() -> bytes:
    content = letter()
    place = content.find(b"PK\x01\x02") + 6
    content[place : place + 2] = struct.pack("<H", 99)
    return bytes(content)


def of_names_that_are_no_text() -> bytes:
    content = letter()
    place = content.find(b"PK\x01\x02")
    content[place + 8 : place + 10] = struct.pack("<H", 0x800)
    content[place + 46] = 0xFF
    return bytes(content)


def of_many_parts() -> bytes:
    return bytes(letter(*(f"part{number}" for number in range(2_000))))


@pytest.mark.parametrize("made", [of_another_version, of_names_that_are_no_text, of_many_parts])
def test_file_is_refused_with_a_sentence_when_its_list_of_parts_is_made_up(made: Callable[[], bytes]) -> None:
    assert media_type_of(bytes(letter()), "a.docx").endswith("wordprocessingml.document")

    with pytest.raises(DomainError) as refused:
        media_type_of(made(), "a.docx")

    assert refused.value.code == "file.not_what_it_says"


@pytest.mark.django_db
def test_file_is_downloaded_under_one_line_when_its_name_holds_two() -> None:
    with tenant_scope(county_office()) as office:
        name = "a\r\nSet-Cookie: b=c\u202e.pdf"
        dossier = begun("exit")
        add_evidence(dossier.pk, PDF, name=name, kind_code="33", on=BEGUN_ON, actor=office, version=1)
        evidence = Evidence.objects.select_related("document").get()

    answer = client_of(person(Role.COUNTY_OFFICE)).get(f"/admin/dossiers/evidence/{evidence.pk}/")

    assert evidence.document.name == "a Set-Cookie: b=c.pdf"
    assert (answer.status_code, answer.content, "Set-Cookie" in answer) == (200, PDF, False)


# --- files that are two things at once, or too much -------------------------------------------------------------------
def bomb() -> bytes:
    """Give a letter that says it unpacks to more than a paper can be."""
    content = letter()
    place = content.find(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 300 * 1024 * 1024)
    return bytes(content)


def with_comment() -> bytes:
    file = io.BytesIO(bytes(letter()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"<script>alert(1)</script>"
    return file.getvalue()


SCRIPT = b"<html><script>alert(1)</script></html>"
HOSTILE = [
    ("a.pdf", PDF + SCRIPT, "file.not_what_it_says"),
    ("a.pdf", SCRIPT + PDF, "file.not_what_it_says"),
    ("a.pdf", PDF + bytes(letter()), "file.not_what_it_says"),
    ("a.jpg", b"\xff\xd8\xff\xe0", "file.not_what_it_says"),
    ("a.jpg", jpeg(tail=SCRIPT), "file.not_what_it_says"),
    ("a.png", png(tail=SCRIPT), "file.not_what_it_says"),
    ("a.png", jpeg(), "file.not_what_it_says"),
    ("a.png", png(50_000, 50_000), "file.bomb"),
    ("a.jpeg", jpeg(65_000, 65_000), "file.bomb"),
    ("a.png", png(0, 5), "file.bomb"),
    ("a.docx", SCRIPT + bytes(letter()), "file.not_what_it_says"),
    ("a.docx", with_comment(), "file.not_what_it_says"),
    ("a.docx", bomb(), "file.bomb"),
    ("a.xlsx", bytes(letter()), "file.not_what_it_says"),
    ("a.docx", bytes(letter("word/vbaProject.bin")), "file.not_what_it_says"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file.kind"),
    ("a.html", SCRIPT, "file.kind"),
    ("a.pdf\u202e.html", PDF, "file.kind"),
    ("a.pdf/", PDF, "file.kind"),
    ("..", PDF, "file.kind"),
]


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE)
@pytest.mark.django_db
def test_file_is_refused_and_not_kept_when_it_is_two_things_or_too_much(name: str, content: bytes, code: str) -> None:
    with tenant_scope(county_office()):
        dossier = begun("exit")
    where = f"/api/v1/dossiers/{dossier.pk}/evidence/"
    body = {"name": name, "content": base64.b64encode(content).decode(), "kind_code": "33", "on": str(BEGUN_ON)}

    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)

    answer = Client(headers={"authorization": f"Bearer {token}", "if-match": '"1"'}).post(
        where, body, content_type="application/json"
    )

    with tenant_scope(county_office()):
        kept = Document.objects.count(), Evidence.objects.count()
    assert (answer.status_code, answer.json()["code"], kept) == (422, code, (0, 0))


@pytest.mark.parametrize("content", [jpeg(12_000, 9_000), png(7_016, 9_921)])
def test_picture_is_taken_when_it_is_of_a_large_telephone_or_scanner(content: bytes) -> None:
    ending = "png" if content.startswith(b"\x89") else "jpg"

    assert media_type_of(content, f"a.{ending}").startswith("image/")
