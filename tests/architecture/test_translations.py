"""Every sentence of the interface has its Chinese translation; the compiled catalogue is that of the text file."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import APPS, ROOT, sources

CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "Message"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
AFTER_CONTEXT = "\x04"  # parts a context from its sentence in a compiled catalogue
IN_TEMPLATES = re.compile(r"""{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')(?:\s+context\s+"([^"]+)")?""")
BLOCKS = re.compile(r"{%\s*blocktranslate(?:[^%]*)%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
ENTRY = re.compile(
    r'^(?:msgctxt ((?:".*"\n)+))?msgid ((?:".*"\n)+)(?:msgid_plural ((?:".*"\n)+))?msgstr(?:\[0\])? ((?:".*"\n)+)',
    re.MULTILINE,
)
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CHINESE = re.compile("[\u4e00-\u9fff]")
# What is the same in both languages.
NOT_WORDS = {"Message-ID", "SHA-256"}


def sentences_of_code() -> Iterator[str]:
    """Give the literal texts handed to a translation function."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in IN_CONTEXT:
                yield AFTER_CONTEXT.join(ast.literal_eval(part) for part in node.args[:2])
            if name in CALLS:
                arguments = node.args[:2] if "ngettext" in getattr(node.func, "id", "") else node.args[:1]
                yield from (
                    part.value for part in arguments if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )


def sentences_of_templates() -> Iterator[str]:
    """Give the texts that templates translate."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("templates/**/*.*")):
            text = path.read_text(encoding="utf-8")
            for double, single, context in IN_TEMPLATES.findall(text):
                yield (context + AFTER_CONTEXT if context else "") + (double or single)
            for block in BLOCKS.findall(text):
                singular = re.split(r"{%\s*plural\s*%}", block)[0]
                trimmed = " ".join(line.strip() for line in singular.strip().splitlines())
                yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", trimmed)


def unquoted(text: str) -> str:
    """Join the quoted lines of an entry."""
    return "".join(ast.literal_eval(line) for line in text.strip().splitlines())


def catalogue(path: Path) -> dict[str, str]:
    """Read the compiled catalogue; of plural entries the singular counts."""
    with path.open("rb") as compiled:
        entries = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    return {key if isinstance(key, str) else key[0]: text for key, text in entries.items()}


def written() -> dict[str, tuple[str, str]]:
    """Read the text file as English (with its context, as the compiled file has it) to (plural, Chinese)."""
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    return {
        (f"{unquoted(context)}\x04" if context else "") + unquoted(key): (unquoted(plural), unquoted(value))
        for context, key, plural, value in ENTRY.findall(text)
    }


def test_every_sentence_is_translated_when_the_source_is_read() -> None:
    known = catalogue(CATALOGUE.with_suffix(".mo"))

    missing = sorted({*sentences_of_code(), *sentences_of_templates()} - known.keys())

    assert missing == []


def test_compiled_catalogue_is_the_text_file_when_compared() -> None:
    compiled = catalogue(CATALOGUE.with_suffix(".mo"))

    expected = {key: value for key, (_plural, value) in written().items() if value and key}
    assert {key: value for key, value in compiled.items() if key} == expected


def test_chinese_has_the_places_of_the_english_when_both_are_read() -> None:
    found = {key: (plural or key, value) for key, (plural, value) in written().items() if key}

    differing = [
        key for key, pair in found.items() if sorted(PLACES.findall(pair[0])) != sorted(PLACES.findall(pair[1]))
    ]

    assert differing == []


def test_no_entry_is_left_in_english_when_the_text_file_is_read() -> None:
    english = [key for key, (_plural, value) in written().items() if key and not CHINESE.search(value)]

    assert sorted(set(english) - NOT_WORDS) == []


def test_no_entry_is_fuzzy_when_the_text_file_is_read() -> None:
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")

    assert "#, fuzzy" not in text
