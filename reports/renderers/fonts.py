"""The fonts of PDF and charts, which come with the product, and what they cannot show."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "fonts"
CHINESE_FILE: Final = FOLDER / "NotoSansSC-Names.otf"
TIBETAN_FILE: Final = FOLDER / "NotoSerifTibetan-Regular.ttf"
FAMILIES: Final = ("Noto Sans CJK SC", "Noto Serif Tibetan")
SUBSTITUTE: Final = "〓"
# Selectors of a variant of the character before them, and what has no shape of its own: left out.
_INVISIBLE: Final = frozenset({"Cc", "Cf"})
_SELECTORS: Final = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_BREAK: Final = "\n"


@cache
def known_characters() -> frozenset[str]:
    """Give the characters that one of the fonts can show."""
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415  (loads the drawing library, which few processes ever need)

    codes = (code for file in (CHINESE_FILE, TIBETAN_FILE) for code in FT2Font(str(file)).get_charmap())
    return frozenset(char for char in map(chr, codes) if char.isprintable())


@dataclass(slots=True)
class Spelling:
    """Spells texts with the characters that the fonts have, and keeps which they lack, in the order met."""

    lacking: dict[str, None] = field(default_factory=dict)

    def spell(self, text: str) -> str:
        """Give the text with 〓 for each character that no font has."""
        if text.isascii() and text.isprintable():
            return text
        known = known_characters()
        return text if known.issuperset(text) else "".join(self._shown(char) for char in text)

    def codes(self) -> str:
        """Name the characters that are lacking, by their code points."""
        return "、".join(f"U+{ord(char):04X}" for char in self.lacking)

    def _shown(self, char: str) -> str:
        if char == _BREAK:
            return char
        if ord(char) in _SELECTORS or unicodedata.category(char) in _INVISIBLE:
            return ""
        if char in known_characters():
            return char
        if char.isspace():
            return " "
        self.lacking[char] = None
        return SUBSTITUTE
