"""Files: encrypted, by content, in scope only, and gone when removed."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from registry import jobs
from registry.domain import documents
from registry.domain.documents import read_document, remove_document, store_document
from registry.lib.errors import DomainError, NotFound
from registry.models import Document, DueWork
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import service
from tests.support.database import Database

in_database = pytest.mark.django_db

CONTENT = "花名册".encode() * 100


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    storage = storages.create_storage(
        {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    )
    monkeypatch.setattr(documents, "_storage", lambda: storage)
    return tmp_path


def kept(actor: Actor, content: bytes = CONTENT, *, expires_on: date | None = None) -> Document:
    return store_document(
        content,
        name="a.xlsx",
        media_type="text/plain",
        kind="test",
        actor=actor,
        scope_code=actor.tenant_code,
        expires_on=expires_on,
    )


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@in_database
def test_file_is_encrypted_when_it_lies_in_the_storage(county: Actor, folder: Path) -> None:
    with tenant_scope(county):
        document = kept(county)
        back = read_document(document, actor=county)

    assert back == CONTENT
    assert document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert "花名册".encode() not in files(folder)[0].read_bytes()


@in_database
def test_content_lies_once_when_it_is_stored_twice(county: Actor, folder: Path) -> None:
    with tenant_scope(county):
        kept(county)
        kept(county)

    assert len(files(folder)) == 1


@in_database
def test_content_stays_when_another_document_names_it(county: Actor, folder: Path) -> None:
    with tenant_scope(county):
        first, second = kept(county), kept(county)
        remove_document(first, actor=county, reason="decided")
    jobs.tick()

    with tenant_scope(county):
        assert read_document(second, actor=county) == CONTENT
        with pytest.raises(NotFound, match=r"no longer kept|不再保留"):
            read_document(first, actor=county)


@in_database
def test_content_is_deleted_when_the_last_document_is_removed(county: Actor, folder: Path) -> None:
    with tenant_scope(county):
        document = kept(county)
        remove_document(document, actor=county, reason="decided")

    jobs.tick()

    assert files(folder) == []


@in_database
def test_file_is_refused_when_it_has_lapsed(county: Actor) -> None:
    with tenant_scope(county):
        document = kept(county, expires_on=timezone.localdate())
        living = kept(county, expires_on=timezone.localdate() + timedelta(days=1))

        assert read_document(living, actor=county) == CONTENT
        with pytest.raises(NotFound):
            read_document(document, actor=county)


@in_database
def test_file_is_refused_when_its_bytes_were_changed(county: Actor, folder: Path) -> None:
    with tenant_scope(county):
        document = kept(county)
        path = files(folder)[0]
        kept_bytes = path.read_bytes()
        path.write_bytes(kept_bytes[:-1] + bytes([kept_bytes[-1] ^ 1]))

        with pytest.raises(DomainError):
            read_document(document, actor=county)


@in_database
def test_file_is_swept_when_what_stored_it_was_undone(county: Actor, folder: Path) -> None:
    with tenant_scope(county):
        document = kept(county)
        with pytest.raises(RuntimeError), savepoint():
            undo(county)
    before = len(files(folder))

    with tenant_scope(county):
        again = documents.sweep_orphans(county, "", timezone.now())

        assert (before, len(files(folder)), read_document(document, actor=county)) == (2, 1, CONTENT)
    assert again is not None
    assert again > timezone.now()


def undo(county: Actor) -> None:
    kept(county, b"undone")
    raise RuntimeError


@in_database
def test_files_of_another_county_stay_when_orphans_are_swept(county: Actor, other_county: Actor, folder: Path) -> None:
    with tenant_scope(other_county):
        document = kept(other_county)

    with tenant_scope(county):
        documents.sweep_orphans(county, "", timezone.now())

    with tenant_scope(other_county):
        assert read_document(document, actor=other_county) == CONTENT


@in_database
def test_orphans_are_looked_for_the_next_day_when_a_file_was_stored(county: Actor) -> None:
    with tenant_scope(county):
        kept(county)
        due_at = DueWork.objects.get(kind=documents.ORPHANS_KIND).due_at
        kept(county, b"another")

    assert due_at > timezone.now() + timedelta(hours=23)
    assert DueWork.objects.get(kind=documents.ORPHANS_KIND).due_at == due_at


def test_file_stays_when_it_is_being_stored_while_orphans_are_swept(committed_database: Database, folder: Path) -> None:
    county, written, swept = service(), Event(), Event()

    def store() -> None:
        with tenant_scope(county):
            kept(county)
            written.set()
            swept.wait(20)
        connection.close()

    thread = Thread(target=store)
    thread.start()
    written.wait(20)

    with tenant_scope(county):
        documents.sweep_orphans(county, "", timezone.now())
    swept.set()
    thread.join()

    with tenant_scope(county):
        assert read_document(Document.objects.get(), actor=county) == CONTENT
