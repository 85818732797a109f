"""The blind index finds a value by its normal form, under separate keys for each purpose."""

import base64
import json

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.crypto import Purpose, blind_index, blind_indexes, generate_keyring, index_many, index_version

NUMBER = "54990119661223074X"
pytestmark = pytest.mark.usefixtures("ring")


def with_second_index_key(ring: str) -> str:
    """Give the ring with a new index key in use and the one before as former."""
    made = json.loads(ring)
    key = base64.b64encode(bytes(range(32))).decode()
    return json.dumps(made | {"index": {"version": 2, "key": key, "former": {"1": made["index"]["key"]}}})


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        NUMBER.lower(),
        f" {NUMBER} ",
        f'="{NUMBER}"',
        NUMBER + "41",
        NUMBER + "41B1",
        "５４９９０１１９６６１２２３０７４Ｘ",
    ],
)
def test_blind_index_of_documents_is_the_same_when_they_are_of_one_person(text: str) -> None:
    assert blind_index(text, Purpose.DOCUMENT) == blind_index(NUMBER, Purpose.DOCUMENT)


@pytest.mark.parametrize("text", ["+86 179-1000-0001", "17910000001.0", "１７９１００００００１"])
def test_blind_index_of_phones_is_the_same_when_the_digits_are(text: str) -> None:
    assert blind_index(text, Purpose.PHONE) == blind_index("17910000001", Purpose.PHONE)


def test_blind_index_differs_when_the_purpose_does() -> None:
    digits = "549901196612230744"

    indexes = {blind_index(digits, purpose) for purpose in (Purpose.DOCUMENT, Purpose.PHONE, Purpose.ACCOUNT)}

    assert len(indexes) == 3


def test_blind_index_differs_when_the_ring_does() -> None:
    index = blind_index(NUMBER, Purpose.DOCUMENT)

    with override_settings(REGISTRY_KEYRING=generate_keyring()):
        assert blind_index(NUMBER, Purpose.DOCUMENT) != index


def test_blind_index_stays_when_a_sealing_key_was_added(ring: str) -> None:
    index = blind_index(NUMBER, Purpose.DOCUMENT)

    with override_settings(REGISTRY_KEYRING=generate_keyring(ring)):
        assert blind_index(NUMBER, Purpose.DOCUMENT) == index


def test_blind_indexes_name_the_former_key_too_when_it_was_changed(ring: str) -> None:
    former = blind_index(NUMBER, Purpose.DOCUMENT)

    with override_settings(REGISTRY_KEYRING=with_second_index_key(ring)):
        indexes = blind_indexes(NUMBER, Purpose.DOCUMENT)

        assert indexes == [blind_index(NUMBER, Purpose.DOCUMENT), former]
        assert [index_version(index) for index in indexes] == [2, 1]


def test_blind_index_has_33_bytes_when_made() -> None:
    assert len(blind_index(NUMBER, Purpose.DOCUMENT)) == 33


@pytest.mark.parametrize("purpose", [Purpose.FILE, Purpose.LETTER])
def test_blind_index_refuses_when_the_purpose_has_none(purpose: Purpose) -> None:
    with pytest.raises(ValueError, match="no blind index"):
        blind_index(NUMBER, purpose)


@pytest.mark.parametrize("text", ["", "  ", '=""'])
def test_blind_index_refuses_when_the_value_is_empty(text: str) -> None:
    with pytest.raises(ValueError, match="empty value"):
        blind_index(text, Purpose.DOCUMENT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text("0123456789X", min_size=1, max_size=22), max_size=20))
def test_index_many_gives_what_blind_index_gives(texts: list[str]) -> None:
    indexes = index_many(texts, Purpose.DOCUMENT)

    assert indexes == [blind_index(text, Purpose.DOCUMENT) for text in texts]
    assert len(set(indexes)) == len({text[:18] for text in texts})
