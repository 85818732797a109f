"""A wording of a report in both of its languages.

Labels of official forms are data and stand here in Chinese with their English equivalent, not in the translations of
the interface: a report is read in the language of its recipient, whatever the language of the process that made it.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh-hans", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One wording; `in_language` gives it, with named places filled."""

    zh: str
    en: str

    def in_language(self, language: Language, **places: object) -> str:
        """Give the wording in a language, Chinese being the first."""
        return (self.en if language == "en" else self.zh).format(**places)


def language_of(code: str) -> Language:
    """Give the report language for a language code of a user; Chinese for all that is not English."""
    return "en" if code.lower().startswith("en") else "zh-hans"
