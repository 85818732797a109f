"""Every sentence of the interface has its Chinese translation; the compiled catalogue is that of the text file."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import APPS, ROOT, sources

CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext_lazy", "Message"}
IN_TEMPLATES = re.compile(r"""{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')""")
BLOCKS = re.compile(r"{%\s*blocktranslate(?:[^%]*)%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?msgstr(?:\[0\])? ((?:".*"\n)+)', re.MULTILINE)


def sentences_of_code() -> Iterator[str]:
    """Give the literal texts handed to a translation function."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
                arguments = node.args[:2] if "ngettext" in getattr(node.func, "id", "") else node.args[:1]
                yield from (
                    part.value for part in arguments if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )


def sentences_of_templates() -> Iterator[str]:
    """Give the texts that templates translate."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("templates/**/*.*")):
            text = path.read_text(encoding="utf-8")
            yield from (double or single for double, single in IN_TEMPLATES.findall(text))
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


def test_every_sentence_is_translated_when_the_source_is_read() -> None:
    known = catalogue(CATALOGUE.with_suffix(".mo"))

    missing = sorted({*sentences_of_code(), *sentences_of_templates()} - known.keys())

    assert missing == []


def test_compiled_catalogue_is_the_text_file_when_compared() -> None:
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    written = {unquoted(key): unquoted(value) for key, value in ENTRY.findall(text)}

    compiled = catalogue(CATALOGUE.with_suffix(".mo"))

    assert {key for key, value in written.items() if value and key} == {key for key in compiled if key}


def test_no_entry_is_fuzzy_when_the_text_file_is_read() -> None:
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")

    assert "#, fuzzy" not in text
