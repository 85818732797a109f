"""The unified social credit code of a unit.

Source: GB 32100-2015: 18 characters out of 31 (digits and letters without I O S V Z), weights 3^(i-1) mod 31, the last
one makes the sum divisible by 31.
"""

from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.text import clean

LENGTH: Final = 18
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES: Final = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def check_uscc(text: str, *, field: str | None = None) -> str:
    """Give the code in its normal form, or refuse it.

    Raises: DomainError `uscc.…`.
    """
    code = clean(text).replace(" ", "").replace("-", "").upper()
    if len(code) != LENGTH or any(char not in _VALUES for char in code):
        message = _(
            "A unified social credit code has 18 digits and letters, never I, O, S, V or Z. "
            "Compare it with the certificate."
        )
        raise DomainError("uscc.malformed", message, field=field)
    if check_character(code[:-1]) != code[-1]:
        message = _("The unified social credit code contains a typing error: its check character does not fit.")
        raise DomainError("uscc.check_character", message, field=field)
    return code


def check_character(body: str) -> str:
    """Compute the last character from the first 17."""
    total = sum(_VALUES[char] * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def check_sum_expression(column: str) -> str:
    """Write the sum of a code's weighted characters modulo 31 in SQL, for a constraint; 0 where the last one fits."""
    weights = (*_WEIGHTS, 1)
    terms = (
        f"(strpos('{_ALPHABET}', substr({column}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(weights, start=1)
    )
    return f"({' + '.join(terms)}) % 31"
