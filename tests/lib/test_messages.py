"""Sentences that are translated when they are shown."""

import pytest

from registry.lib import messages
from registry.lib.messages import Message, kept, restored


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = {"Row %(row)s is empty.": "第 %(row)s 行为空。"}
    monkeypatch.setattr(messages._translator, "translate", lambda sentence: sentences.get(sentence, sentence))


def test_message_is_english_when_it_has_no_translation(chinese: None) -> None:
    assert str(Message("Row %(row)s is full.") % {"row": 3}) == "Row 3 is full."


def test_message_is_translated_before_its_places_are_filled_when_shown(chinese: None) -> None:
    assert str(Message("Row %(row)s is empty.") % {"row": 3}) == "第 3 行为空。"


def test_message_shows_no_values_when_it_is_represented() -> None:
    assert repr(Message("Row %(row)s is empty.") % {"row": 3}) == "Message('Row %(row)s is empty.')"


def test_message_keeps_a_percent_sign_when_no_places_are_filled() -> None:
    assert str(Message("100%")) == "100%"


def test_kept_sentence_is_translated_with_those_within_it_when_it_is_shown(chinese: None) -> None:
    inner = Message("Row %(row)s is empty.") % {"row": 3}

    again = restored(kept(Message("Look: %(part)s") % {"part": inner}))

    assert str(again) == "Look: 第 3 行为空。"


def test_plain_text_is_shown_as_it_is_when_it_was_kept() -> None:
    assert str(restored(kept("100%"))) == "100%"
