"""The blind index finds a value by its normal form, under separate keys for each purpose."""

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.crypto import (
    Purpose,
    blind_index,
    generate_keyring,
    index_many,
    index_version,
    indexes_under,
    with_new_index_key,
)
from registry.lib.errors import DomainError

NUMBER = "54990119661223074X"
pytestmark = pytest.mark.usefixtures("ring")


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


def test_former_index_can_be_computed_when_the_ring_has_a_newer_key(ring: str) -> None:
    former = blind_index(NUMBER, Purpose.DOCUMENT)

    with override_settings(REGISTRY_KEYRING=with_new_index_key(ring)):
        again = indexes_under(1, [NUMBER], Purpose.DOCUMENT)

        assert again == [former]
        assert index_version() == blind_index(NUMBER, Purpose.DOCUMENT)[0] == 2


def test_index_is_refused_when_the_ring_lacks_its_key() -> None:
    with pytest.raises(DomainError, match=r"lacks index key 7|缺少"):
        indexes_under(7, [NUMBER], Purpose.DOCUMENT)


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
