"""New keys: everything comes under them, county by county, and is found at every moment in between."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import OperationalError
from django.test import override_settings

from assistance.models import Helper
from households.domain.amend import amend_household
from households.models import Household, Person
from registry.crypto import (
    Purpose,
    blind_index,
    generate_keyring,
    index_version,
    seal,
    unseal,
    with_new_index_key,
)
from registry.crypto.keyring import KeyRing
from registry.domain import documents, keys
from registry.domain.documents import read_document, reseal_content, store_document
from registry.domain.keys import index_tenant_anew, reseal_batch, sealed_columns, values_under_former_keys
from registry.domain.letters import LetterKind, Payload, letter_kind, send_letter
from registry.domain.version_keys import reseal_versions, versions_under_former_keys
from registry.lib.errors import DomainError
from registry.models import Document, Letter, RowVersion, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.checks import tenant_models
from registry.tenancy.context import Actor
from registry.tenancy.database import renewal
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, VILLAGE_CODE, county, county_office, service
from tests.support.database import Database

in_database = pytest.mark.django_db
NUMBER = document_number(741)
PHONE, ACCOUNT = "17900000741", "6200000000000000741"
FILE = "一份文件".encode() * 50
FORMER = generate_keyring()
RENEWED = with_new_index_key(generate_keyring(FORMER))


@pytest.fixture
def former_ring() -> Iterator[None]:
    with override_settings(REGISTRY_KEYRING=FORMER):
        yield


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    made = storages.create_storage(
        {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    )
    monkeypatch.setattr(documents, "_storage", lambda: made)
    return made


def filled(code: str = "549901000000", village: str = VILLAGE_CODE) -> Actor:
    """Fill a county with one of everything that is sealed."""
    office = county_office(county(code))
    with tenant_scope(office):
        head = PersonDraftFactory.build(relation_code="01", document_number=NUMBER, phone=PHONE)
        registered(village_code=village, members=(head,), phone=PHONE, account=ACCOUNT)
        sealed = seal(PHONE, Purpose.PHONE, tenant_id=office.tenant_id)
        HelperFactory.create(
            phone_sealed=sealed, phone_index=blind_index(PHONE, Purpose.PHONE), scope_code=office.tenant_code
        )
        store_document(FILE, name="a", media_type="", kind="test", actor=office, scope_code=office.tenant_code)
    return office


def known(actor: Actor) -> tuple[int, int, int, int]:
    """Look everything up by its index in the county."""
    with tenant_scope(actor):
        phone = blind_index(PHONE, Purpose.PHONE)
        return (
            Person.objects.filter(document_index=blind_index(NUMBER, Purpose.DOCUMENT)).count(),
            Person.objects.filter(phone_index=phone).count(),
            Household.objects.filter(phone_index=phone, account_index=blind_index(ACCOUNT, Purpose.ACCOUNT)).count(),
            Helper.objects.filter(phone_index=phone).count(),
        )


def kept_bytes(storage: Storage, path: str) -> bytes:
    with storage.open(path) as kept:
        return bytes(kept.read())


def take_away(storage: Storage, path: str) -> None:
    storage.delete(path)


def cut_short(storage: Storage, path: str) -> None:
    part = kept_bytes(storage, path)[:40]
    storage.delete(path)
    storage.save(path, ContentFile(part))


def take_letter(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Take it and do nothing."""


def without_former_keys(ring: str) -> str:
    whole = KeyRing.parse(ring)
    kept = {"current": whole.current, "keys": {whole.current: whole.keys[whole.current]}}
    index = {"version": whole.index_version, "key": whole.index_keys[whole.index_version]}
    return json.dumps(kept | {"index": index}, default=lambda key: base64.b64encode(key).decode())


@in_database
@pytest.mark.usefixtures("former_ring")
def test_everything_is_under_the_new_keys_in_both_counties_when_the_command_has_run() -> None:
    first, second = filled(), filled(OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE)

    with override_settings(REGISTRY_KEYRING=RENEWED):
        call_command("renew_keys", stdout=io.StringIO())

    with override_settings(REGISTRY_KEYRING=without_former_keys(RENEWED)):
        assert known(first) == known(second) == (1, 1, 1, 1)
        with tenant_scope(second):
            account = Household.objects.get().account_sealed
            assert unseal(account or b"", Purpose.ACCOUNT, tenant_id=second.tenant_id) == ACCOUNT
            assert read_document(Document.objects.get(), actor=second) == FILE
            assert values_under_former_keys(actor=second) == {}


@in_database
@pytest.mark.usefixtures("former_ring")
def test_persons_are_found_in_each_county_when_one_is_indexed_anew_and_one_is_not() -> None:
    first, second = filled(), filled(OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE)

    with override_settings(REGISTRY_KEYRING=RENEWED):
        with tenant_scope(service()):
            count = index_tenant_anew(actor=service())
            again = index_tenant_anew(actor=service())

        assert (count, again) == (5, 0)
        assert known(first) == known(second) == (1, 1, 1, 1)
        with tenant_scope(first):
            in_the_first = index_version()
        with tenant_scope(second):
            in_the_second = index_version()
    assert (in_the_first, in_the_second) == (2, 1)


@in_database
@pytest.mark.usefixtures("former_ring")
def test_same_person_is_one_when_registered_again_between_new_key_and_new_index() -> None:
    office = filled()

    with override_settings(REGISTRY_KEYRING=RENEWED), tenant_scope(office), pytest.raises(DomainError) as refused:
        registered(members=(PersonDraftFactory.build(relation_code="01", document_number=NUMBER),))

    assert refused.value.code == "draft.person_in_another_household"


@in_database
@pytest.mark.usefixtures("former_ring")
def test_versions_stay_when_values_are_sealed_and_indexed_anew() -> None:
    office = filled()
    with tenant_scope(office):
        before = list(Household.objects.values_list("version", "updated_at"))

    with override_settings(REGISTRY_KEYRING=RENEWED):
        call_command("renew_keys", stdout=io.StringIO())

    with tenant_scope(office):
        assert list(Household.objects.values_list("version", "updated_at")) == before


@in_database
@pytest.mark.usefixtures("former_ring")
def test_former_versions_are_read_and_no_more_are_written_when_keys_are_renewed() -> None:
    office = filled()
    with tenant_scope(office):
        household = Household.objects.get()
        amend_household(household.pk, {"phone": "17900000742"}, actor=office, version=household.version)
        before = list(RowVersion.objects.values_list("id", "content__group_name"))

    with override_settings(REGISTRY_KEYRING=RENEWED):
        call_command("renew_keys", stdout=io.StringIO())

    with override_settings(REGISTRY_KEYRING=without_former_keys(RENEWED)), tenant_scope(office):
        version = RowVersion.objects.get(row_id=household.pk)
        sealed = bytes.fromhex((version.content or {})["phone_sealed"].removeprefix("\\x"))
        assert unseal(sealed, Purpose.PHONE, tenant_id=office.tenant_id) == PHONE
        assert list(RowVersion.objects.values_list("id", "content__group_name")) == before


@in_database
@pytest.mark.usefixtures("former_ring")
def test_damaged_value_of_a_version_stays_and_is_counted_when_keys_are_renewed() -> None:
    office = filled()
    with tenant_scope(office):
        household = Household.objects.get()
        amend_household(household.pk, {"phone": "17900000742"}, actor=office, version=household.version)
        version = RowVersion.objects.get(row_id=household.pk)
        with renewal():
            RowVersion.objects.update(content=(version.content or {}) | {"phone_sealed": "\\x0101"})

    with override_settings(REGISTRY_KEYRING=RENEWED), tenant_scope(office):
        renewed = reseal_versions(after=None, actor=service())

        assert (renewed.count, renewed.damaged, versions_under_former_keys(actor=office)) == (0, 1, 1)


@in_database
@pytest.mark.usefixtures("former_ring")
def test_rest_is_sealed_when_the_work_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "BATCH", 1)
    with tenant_scope(county_office()) as office:
        members = (PersonDraftFactory.build(relation_code="01"), PersonDraftFactory.build())
        registered(members=members)
    wanted = ("households_person", "document_sealed")
    (column,) = [one for one in sealed_columns() if (one.table, one.sealed) == wanted]

    with override_settings(REGISTRY_KEYRING=RENEWED), tenant_scope(service()) as actor:
        first = reseal_batch(column, after=None, actor=actor)
        left = values_under_former_keys(actor=actor)
        rest = reseal_batch(column, after=None, actor=actor)
        done = reseal_batch(column, after=None, actor=actor)

    assert (first.count, left, rest.count, done.last_id) == (1, {"households_person.document_sealed": 1}, 1, None)
    assert office.tenant_id == actor.tenant_id


@in_database
@pytest.mark.usefixtures("former_ring")
def test_damaged_value_stays_and_is_named_when_keys_are_renewed() -> None:
    office = filled()
    with tenant_scope(office):
        person = Person.objects.get()
        Person.objects.update(document_sealed=bytes(person.document_sealed or b"")[:-1] + b"!")
    said = io.StringIO()

    with override_settings(REGISTRY_KEYRING=RENEWED):
        with pytest.raises(CommandError, match="549901000000"):
            call_command("renew_keys", stdout=io.StringIO(), stderr=said)

        assert str(person.pk) in said.getvalue()
        assert known(office) == (1, 1, 1, 1)


@in_database
@pytest.mark.usefixtures("former_ring")
def test_waiting_letter_is_delivered_when_its_key_has_left_the_ring() -> None:
    letter_kind("test.keys", LetterKind(receive=take_letter))
    receiver = county(OTHER_COUNTY_CODE)
    with tenant_scope(service()) as actor:
        letter = send_letter("test.keys", key="k", receiver=receiver, payload={"a": "b"}, actor=actor)

    with override_settings(REGISTRY_KEYRING=RENEWED):
        call_command("renew_keys", stdout=io.StringIO())

    with override_settings(REGISTRY_KEYRING=without_former_keys(RENEWED)):
        sealed = Letter.objects.get(pk=letter.pk).payload
        assert unseal(sealed, Purpose.LETTER, tenant_id=letter.sender_id) == '{"a": "b"}'


@in_database
@pytest.mark.usefixtures("former_ring")
@pytest.mark.parametrize("break_off", [take_away, cut_short])
def test_file_is_read_and_mended_when_its_renewal_was_broken_off(
    storage: Storage, break_off: Callable[[Storage, str], None]
) -> None:
    office = filled()
    with tenant_scope(office):
        document = Document.objects.get()
    path = documents._path(office.tenant_id, document.sha256)
    storage.save(path + documents.RENEWED, ContentFile(kept_bytes(storage, path)))
    break_off(storage, path)

    with tenant_scope(service()) as actor:
        content = read_document(document, actor=actor)
        mended = (reseal_content(document.sha256, actor=actor), reseal_content(document.sha256, actor=actor))

    assert (content, mended) == (FILE, (True, False))
    assert (storage.exists(path), storage.exists(path + documents.RENEWED)) == (True, False)


@in_database
def test_every_sealed_column_has_a_purpose_when_the_models_are_read() -> None:
    named = {(column.table, column.sealed) for column in sealed_columns()}

    blobs = {
        (model._meta.db_table, field.name)
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.get_internal_type() == "BinaryField" and not field.name.endswith("_index")
    }

    assert len(named) == 16
    assert named == blobs


def test_nobody_is_held_up_when_somebody_indexes_a_value_at_that_moment(committed_database: Database) -> None:
    searching, done = Event(), Event()

    def search(tenant_id: int) -> None:
        with tenant_scope(county_actor(Tenant.objects.get(pk=tenant_id), origin="test")):
            index_version()
            searching.set()
            done.wait(20)
        connection.close()

    actor = service()
    thread = Thread(target=search, args=(actor.tenant_id,))
    thread.start()
    searching.wait(20)

    with override_settings(REGISTRY_KEYRING=RENEWED):
        with pytest.raises(OperationalError), tenant_scope(actor):
            index_tenant_anew(actor=actor)
        done.set()
        thread.join()
        with tenant_scope(actor):
            index_tenant_anew(actor=actor)

    assert Tenant.objects.get(pk=actor.tenant_id).index_version == 2
