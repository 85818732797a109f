"""What a rule says to people, in the reader's language, with the figures of its parameters."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import lazy
from django.utils.translation import get_language

from quality.definitions import Rule

Figures = Mapping[str, Decimal]


def wrong_of(rule: Rule, figures: Figures) -> str:
    """Say what is wrong."""
    return _filled(rule.zh if _is_chinese() else rule.en, figures)


def remedy_of(rule: Rule, figures: Figures) -> str:
    """Say how it is put right."""
    return _filled(rule.remedy_zh if _is_chinese() else rule.remedy_en, figures)


def sentence_of(rule: Rule, figures: Figures) -> str:
    """Give both in one sentence that is put in words when it is shown."""
    return _lazily(rule, figures)


def _both(rule: Rule, figures: Figures) -> str:
    parts = (wrong_of(rule, figures), remedy_of(rule, figures))
    return "".join(parts) if _is_chinese() else " ".join(parts)


_lazily = lazy(_both, str)


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _filled(text: str, figures: Figures) -> str:
    return text.format(**{name: f"{value.normalize():f}" for name, value in figures.items()})
