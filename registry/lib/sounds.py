"""How a name sounds: the keys by which persons are found whose names are written in several ways.

Chinese characters are read without tones. Words of transliterated Tibetan names that have several spellings, in
Chinese, Latin or Tibetan letters, are one sound by `registry/data/name_sounds.csv`. Other scripts stay as written.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from registry.lib.text import pinyin_key

_TABLE: Final = Path(__file__).parent.parent / "data" / "name_sounds.csv"
MOST: Final = 420  # a name has 60 characters at most, and a syllable six letters and a space
_START: Final = 2
# A unit is a syllable of Tibetan writing, a word of Latin letters, or one character of anything else that is read.
_UNIT: Final = re.compile("[\u0f40-\u0fbc]+|[a-z0-9]+|\\w")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_CHINESE: Final = re.compile("[\u2e80-\u9fff\U00020000-\U0003ffff]")
_U_UMLAUT: Final = str.maketrans({"ü": "v", "ǖ": "v", "ǘ": "v", "ǚ": "v", "ǜ": "v"})  # as pinyin is typed
Units = tuple[str, ...]


class Sound(NamedTuple):
    """How a name sounds, and its first two syllables, by which long and short forms of it meet. Both may be empty."""

    key: str
    start: str


@lru_cache(maxsize=65_536)
def sound_of(name: str) -> Sound:
    """Give the keys of a name; the same name gives the same keys everywhere."""
    syllables = _syllables(_units(name))
    return Sound(" ".join(syllables)[:MOST], " ".join(syllables[:_START])[:MOST])


def _units(name: str) -> Units:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).lower().translate(_U_UMLAUT))
    return tuple(_UNIT.findall(_ACCENTS.sub("", letters)))


def _syllables(units: Units) -> list[str]:
    """Read the units from the left: the longest word of the table, or one unit, or what stands before that word."""
    found: list[str] = []
    plain: list[str] = []
    place = 0
    while place < len(units):
        word = _word_at(units, place)
        if word is None:
            plain.append(units[place])
            place += 1
            continue
        found += [*_read(plain), *_words()[word]]
        plain = []
        place += len(word)
    return found + _read(plain)


def _word_at(units: Units, place: int) -> Units | None:
    for length in range(_longest(), 0, -1):
        word = units[place : place + length]
        if len(word) == length and word in _words():
            return word
    return None


def _read(units: list[str]) -> list[str]:
    """Read units that are no word of the table; the first characters may be a surname with a reading of its own."""
    if all(_CHINESE.match(unit) for unit in units):
        return pinyin_key("".join(units)).split()
    return [syllable for unit in units for syllable in _reading(unit)]


def _reading(unit: str) -> list[str]:
    return pinyin_key(unit).split() if _CHINESE.match(unit) else [unit]


@cache
def _words() -> dict[Units, Units]:
    """Give the syllables of each spelling in the table; the Chinese ones count in pinyin too, as one word of it."""
    words: dict[Units, Units] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            spellings = row["chinese"].split()
            syllables = tuple(pinyin_key(spellings[0]).split())
            latin = row["latin"].split() + ["".join(pinyin_key(text).split()) for text in spellings if len(text) > 1]
            for text in [*spellings, *latin, *row["tibetan"].split()]:
                words.setdefault(_units(text), syllables)
    return words


@cache
def _longest() -> int:
    return max(map(len, _words()))
