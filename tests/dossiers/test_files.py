"""Files that are made to be no file, and names that are made to be no name."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from dossiers.domain.files import media_type_of
from dossiers.domain.papers import add_evidence
from dossiers.models import Evidence
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import BEGUN_ON, PDF, begun
from tests.factories.tenants import county_office
from tests.registry.people import client_of, person


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
