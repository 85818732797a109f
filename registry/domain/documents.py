"""Files of a tenant: found by their content, encrypted in the storage, served in scope only.

The content lies once for each tenant under its SHA-256, sealed; several documents may name it. After removal the row
keeps hash, name and size.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit, jobs
from registry.access import require
from registry.crypto import Purpose, is_current, seal_bytes, unseal_bytes
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import start_of, today
from registry.lib.text import clean
from registry.models import Document
from registry.tenancy.context import Actor

MOST_NAME: Final = 200
SWEEP_KIND: Final = "registry.document_sweep"
ORPHANS_KIND: Final = "registry.document_orphans"
ORPHANS_EVERY: Final = timedelta(days=1)
RENEWED: Final = ".new"


def store_document(
    content: bytes,
    *,
    name: str,
    media_type: str,
    kind: str,
    actor: Actor,
    scope_code: str,
    expires_on: date | None = None,
) -> Document:
    """Keep a file, encrypted, and give its row; the caller's verb writes the audit event.

    `scope_code` says who may see it: it lies in the actor's ranges.
    """
    document = Document(
        sha256=hashlib.sha256(content).hexdigest(),
        # Without line breaks, which no header takes, and without signs that turn the reading of what follows.
        name=clean(name)[-MOST_NAME:],
        media_type=media_type,
        kind=kind,
        byte_count=len(content),
        stored_by=actor.user_id,
        expires_on=expires_on,
        scope_code=scope_code,
    )
    document.save()
    _lock_content(actor.tenant_id, document.sha256)
    if not _is_whole(actor.tenant_id, document.sha256):
        sealed = seal_bytes(content, Purpose.FILE, tenant_id=actor.tenant_id)
        _put(_path(actor.tenant_id, document.sha256), sealed)
    jobs.start_due(actor.tenant_id, ORPHANS_KIND, "", timezone.now() + ORPHANS_EVERY)
    if expires_on is not None:
        lapse = start_of(expires_on)
        jobs.schedule_due(actor.tenant_id, SWEEP_KIND, document.sha256, lapse)
    return document


def read_document(document: Document, *, actor: Actor) -> bytes:
    """Give the content of a file, checked against its hash.

    Raises: NotFound when it was removed or has lapsed; DomainError when the storage gives other bytes than were kept.
    """
    lapsed = document.expires_on is not None and document.expires_on <= today()
    if document.removed_at is not None or lapsed:
        raise NotFound("document.removed", _("This file is no longer kept."))
    try:
        _sealed, content = _kept(actor.tenant_id, document.sha256)
    except FileNotFoundError as error:
        raise NotFound(
            "document.missing", _("The file is not in the storage. Tell the system administrator.")
        ) from error
    return content


def remove_document(document: Document, *, actor: Actor, reason: str) -> None:
    """Remove the content of a file; hash, name and size remain. Content that another document names stays."""
    if document.removed_at is not None:
        return
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    audit.record("registry.remove_document", document, actor=actor, reason=reason)
    jobs.schedule_due(actor.tenant_id, SWEEP_KIND, document.sha256, timezone.now())


@jobs.due(SWEEP_KIND)
def sweep_content(actor: Actor, key: str, due_at: datetime) -> datetime | None:
    """Delete a content that no document of the county names any more, lapsed ones aside; asked in the county's scope.

    Gives the day on which the next of its documents lapses.
    """
    _lock_content(actor.tenant_id, key)
    living = Document.objects.filter(sha256=key, removed_at__isnull=True)
    living.filter(expires_on__lte=today()).update(removed_at=timezone.now())
    last = list(living.values_list("expires_on", flat=True))
    if not last:
        _storage().delete(_path(actor.tenant_id, key))
        _storage().delete(_path(actor.tenant_id, key) + RENEWED)
        return None
    lapses = [day for day in last if day is not None]
    if not lapses:
        return None
    return start_of(min(lapses))


@jobs.due(ORPHANS_KIND)
def sweep_orphans(actor: Actor, key: str, due_at: datetime) -> datetime:
    """Delete what lies in the storage of the county under no document: a file is written before its row is committed.

    A content that is being stored at this moment is left alone: its row and its lock were there before the file.
    """
    for folder in _listed(str(actor.tenant_id))[0]:
        stored = {name.removesuffix(RENEWED) for name in _listed(f"{actor.tenant_id}/{folder}")[1]}
        named = Document.objects.filter(sha256__in=stored, removed_at__isnull=True).values_list("sha256", flat=True)
        for orphan in stored - set(named):
            if _content_is_free(actor.tenant_id, orphan):
                sweep_content(actor, orphan, due_at)
    return timezone.now() + ORPHANS_EVERY


def _listed(path: str) -> tuple[list[str], list[str]]:
    """Give the folders and the files of a folder of the storage, which may not be there yet."""
    try:
        folders, files = _storage().listdir(path)
    except FileNotFoundError:
        return [], []
    return list(folders), list(files)


def contents_kept() -> list[str]:
    """Give the SHA-256 of every content that a document of the county names."""
    return list(Document.objects.filter(removed_at__isnull=True).order_by().values_list("sha256", flat=True).distinct())


def reseal_content(sha256: str, *, actor: Actor) -> bool:
    """Seal a content anew that lies under a former key, and tell whether there was something to do.

    Broken off at any moment, it is read from the other of its two places and mended by the next call.
    Locks: the content. Raises: FileNotFoundError; DomainError when it is damaged.
    """
    require(actor, "registry.renew_keys")
    _lock_content(actor.tenant_id, sha256)
    path = _path(actor.tenant_id, sha256)
    sealed, content = _kept(actor.tenant_id, sha256)
    if is_current(sealed) and not _storage().exists(path + RENEWED):
        return False
    renewed = seal_bytes(content, Purpose.FILE, tenant_id=actor.tenant_id)
    _put(path + RENEWED, renewed)
    _put(path, renewed)
    _storage().delete(path + RENEWED)
    return True


def _lock_content(tenant_id: int, sha256: str) -> None:
    """Let one transaction at a time store or sweep a content: a sweep must not miss a row that is not committed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_path(tenant_id, sha256)])


def _content_is_free(tenant_id: int, sha256: str) -> bool:
    """Lock the content like `_lock_content` if nobody has it, without waiting, and tell whether that was so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_path(tenant_id, sha256)])
        return bool(cursor.fetchone()[0])


def _is_whole(tenant_id: int, sha256: str) -> bool:
    """Tell whether the content lies in the storage unharmed; a file cut short by a fault is written anew."""
    try:
        _kept(tenant_id, sha256)
    except (FileNotFoundError, DomainError):
        return False
    return True


def _kept(tenant_id: int, sha256: str) -> tuple[bytes, bytes]:
    """Give a content as it lies in the storage, and opened.

    While it is sealed anew it lies in one of two places, and at the end in the first again.
    Raises: FileNotFoundError; DomainError when the storage gives other bytes than were kept.
    """
    path = _path(tenant_id, sha256)
    failure: Exception = FileNotFoundError(sha256)
    for place in (path, path + RENEWED, path):
        try:
            with _storage().open(place) as stored:
                sealed = stored.read()
            content = unseal_bytes(sealed, Purpose.FILE, tenant_id=tenant_id)
        except FileNotFoundError:
            continue
        except DomainError as error:
            failure = error
            continue
        if hashlib.sha256(content).hexdigest() == sha256:
            return sealed, content
        message = _("The file in the storage is damaged. Tell the system administrator.")
        failure = DomainError("document.damaged", message)
    raise failure


def _put(path: str, sealed: bytes) -> None:
    _storage().delete(path)
    _storage().save(path, ContentFile(sealed))


def _path(tenant_id: int, sha256: str) -> str:
    return f"{tenant_id}/{sha256[:2]}/{sha256}"


def _storage() -> Storage:
    return storages["documents"]
