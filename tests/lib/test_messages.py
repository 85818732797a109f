"""Sentences that are translated when they are shown."""

from collections.abc import Iterator

import pytest

from registry.lib.messages import Message, install_translator


@pytest.fixture
def chinese() -> Iterator[None]:
    sentences = {"Row %(row)s is empty.": "第 %(row)s 行为空。"}
    install_translator(lambda sentence: sentences.get(sentence, sentence))
    yield
    install_translator(str)


def test_message_is_english_when_it_has_no_translation(chinese: None) -> None:
    assert str(Message("Row %(row)s is full.") % {"row": 3}) == "Row 3 is full."


def test_message_is_translated_before_its_places_are_filled_when_shown(chinese: None) -> None:
    assert str(Message("Row %(row)s is empty.") % {"row": 3}) == "第 3 行为空。"


def test_message_shows_no_values_when_it_is_represented() -> None:
    assert repr(Message("Row %(row)s is empty.") % {"row": 3}) == "Message('Row %(row)s is empty.')"


def test_message_keeps_a_percent_sign_when_no_places_are_filled() -> None:
    assert str(Message("100%")) == "100%"
