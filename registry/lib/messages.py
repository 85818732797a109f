"""Sentences for people, translated when they are shown.

Plain Python may not know Django, but its errors are read by people. A `Message` keeps the English sentence and asks the
installed translator each time it is turned into text; the registry installs Django's `gettext` when it starts.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final, Self

from typing_extensions import override


def _untranslated(sentence: str) -> str:
    return sentence


class _Translator:
    """The one place that knows how sentences are translated."""

    translate: Callable[[str], str] = staticmethod(_untranslated)


_translator: Final = _Translator()


def install_translator(translate: Callable[[str], str]) -> None:
    """Have every message translated by `translate` from now on; called once when the registry starts."""
    _translator.translate = translate


class Message:
    """A sentence with named places (`%(row)s`) that is translated whenever it is shown."""

    __slots__ = ("_sentence", "_values")

    def __init__(self, sentence: str, values: Mapping[str, object] | None = None) -> None:
        self._sentence = sentence
        self._values = values

    def __mod__(self, values: Mapping[str, object]) -> Self:
        return type(self)(self._sentence, values)

    @override
    def __str__(self) -> str:
        sentence = _translator.translate(self._sentence)
        return sentence % self._values if self._values is not None else sentence

    @override
    def __repr__(self) -> str:
        return f"Message({self._sentence!r})"

    def parts(self) -> list[object]:
        """Give the sentence and its values as JSON holds them; `restored` takes them back."""
        values = self._values
        return [self._sentence, values and {name: _plain(value) for name, value in values.items()}]


def kept(message: object) -> str:
    """Give a sentence as a text to keep, which says nothing of any language but its English."""
    parts = message.parts() if isinstance(message, Message) else [str(message), None]
    return json.dumps(parts, ensure_ascii=False)


def restored(text: str) -> Message:
    """Give a kept sentence back, to be translated whenever it is shown."""
    sentence, values = json.loads(text)
    return Message(sentence, values and {name: _restored(value) for name, value in values.items()})


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return value.parts()
    return value if isinstance(value, int | float) else str(value)


def _restored(value: object) -> object:
    return restored(json.dumps(value)) if isinstance(value, list) else value


# Under this name `makemessages` finds the sentences.
gettext_lazy = Message
