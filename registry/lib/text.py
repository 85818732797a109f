"""Text as people and spreadsheets write it: cleaning, masks, sort keys, and cells that a spreadsheet must not run."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SHELL: Final = re.compile(r'\s*="(?P<inner>(?:[^"]|"")*)"\s*')
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_MIDDLE_DOTS: Final = str.maketrans(dict.fromkeys("•‧･・∙⋅.．", "·"))
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_COMPATIBILITY: Final = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_SPACE_AT_DOT: Final = re.compile(" ?· ?")
_SPACE_IN_CHINESE: Final = re.compile("(?<=[\u2e80-\U0003ffff]) (?=[\u2e80-\U0003ffff])")
_SENTENCE_SIGNS: Final = frozenset("，！？；：（）")
_SENTENCE_SIGN: Final = re.compile("([，！？；：（）])")
_FORMULA_SIGNS: Final = frozenset("=+-@")
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")

# Readings of a first character as a surname where the common reading differs, and of two-character surnames.
# Source: general knowledge of Chinese surnames; it orders lists and decides nothing.
_SURNAMES: Final = {
    "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "单增": "dan zeng",
    "仇": "qiu", "单": "shan", "解": "xie", "曾": "zeng", "查": "zha", "任": "ren", "朴": "piao", "区": "ou",
    "盖": "ge", "缪": "miao", "冼": "xian", "覃": "qin", "翟": "zhai", "员": "yun", "召": "shao", "折": "she",
    "燕": "yan", "宿": "su", "种": "chong", "繁": "po", "逄": "pang", "牟": "mu", "褚": "chu", "祭": "zhai",
    "隽": "juan", "么": "yao", "谌": "chen", "乐": "yue", "秘": "bi", "黑": "he", "哈": "ha", "那": "na",
}  # fmt: skip
# Characters whose common reading is not the one that names use, above all in names written after Tibetan sounds.
_IN_NAMES: Final = {
    "扎": "zha",
    "曲": "qu",
    "色": "se",
    "尼": "ni",
    "卓": "zhuo",
    "参": "shen",
    "强": "qiang",
    "朝": "chao",
}


def unshelled(text: str) -> str:
    """Take the text out of a `="…"` cell or from behind the apostrophe that spreadsheets use to keep digits."""
    if text[:2] == '="' and text.count('"') == 2 and text[-1] == '"':
        return text[2:-1]
    if text.lstrip().startswith('="'):
        match = _SHELL.fullmatch(text)
        return match["inner"].replace('""', '"') if match else text
    if text.startswith("'") and len(text) > 1:
        return text[1:]
    return text


def clean(text: str) -> str:
    """Bring a value into its normal form: out of its shell, NFKC, nothing invisible, single spaces only between."""
    text = unshelled(text).strip()
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFKC", text))
    visible = "".join(char for char in spaced if unicodedata.category(char) not in _INVISIBLE)
    return " ".join(visible.split())


def clean_prose(text: str) -> str:
    """Bring words for people into their normal form, as `clean`, but for the full-width signs of Chinese sentences."""
    return "".join(piece if piece in _SENTENCE_SIGNS else clean(piece) for piece in _SENTENCE_SIGN.split(text))


def clean_name(text: str) -> str:
    """Bring a person's name into its normal form: one kind of middle dot, no spaces between Chinese characters.

    Rare characters stay as written, since the normal forms of Unicode would replace some of them by others.
    """
    visible = "".join(char for char in unshelled(text) if unicodedata.category(char) not in _INVISIBLE)
    joined = _SPACE_IN_CHINESE.sub("", " ".join(visible.translate(_FULL_WIDTH).split()))
    if joined.isascii():
        return joined
    dotted = _SPACE_AT_DOT.sub("·", joined.translate(_MIDDLE_DOTS))
    return dotted if _COMPATIBILITY.search(dotted) else unicodedata.normalize("NFC", dotted)


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would run the text: it begins like a formula and is no number."""
    start = unicodedata.normalize("NFKC", unshelled(text).strip()[:64])
    return start[:1] in _FORMULA_SIGNS and not _NUMBER.fullmatch(start)


def safe_cell(text: str) -> str:
    """Give the text with an apostrophe in front where a spreadsheet would run it, also behind a tab or line break."""
    return f"'{text}" if looks_like_formula(text) else text


def masked_document(number: str) -> str:
    """Show 6 characters, 8 stars and the characters 15 to 18; the disability marks behind them are not shown.

    Source: masking as practised in notices, docs/codes.md.
    """
    return f"{number[:6]}********{number[14:18]}" if len(number) >= 18 else "*" * len(number)


def masked_phone(number: str) -> str:
    """Show 3 digits, 4 stars and 4 digits of a mobile number, and the last 2 of another."""
    if len(number) == 11:
        return f"{number[:3]}****{number[7:]}"
    return "*" * (len(number) - 2) + number[-2:] if len(number) >= 7 else "*" * len(number)


def masked_account(number: str) -> str:
    """Show the last 4 digits of a bank account."""
    return f"****{number[-4:]}" if len(number) >= 8 else "*" * len(number)


def masked_name(name: str) -> str:
    """Show the first character with its marks, and two stars whatever the length."""
    if len(name) < 2:
        return "*" * len(name)
    end = 1
    while end < len(name) and unicodedata.category(name[end]) in {"Mn", "Mc"}:
        end += 1
    return f"{name[:end]}**"


def pinyin_key(name: str) -> str:
    """Give the key that sorts names by sound: syllables without tones, parted by spaces.

    Each character is read alone, which makes the key quick and the same everywhere; a surname has its own reading.
    """
    for length in (2, 1):
        reading = _SURNAMES.get(name[:length])
        if reading is not None:
            return " ".join([reading, *map(_reading, name[length:])])
    return " ".join(map(_reading, name))


@lru_cache(maxsize=32_768)
def _reading(char: str) -> str:
    known = _IN_NAMES.get(char)
    if known:
        return known
    from pypinyin import Style, pinyin  # noqa: PLC0415  (55 MB of memory; what reads or prints needs none of it)

    return pinyin(char, style=Style.NORMAL, errors=lambda unread: unread.lower())[0][0]
