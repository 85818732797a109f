"""What people call the published numbers, for lists of differences."""

from typing import Final

from households.enums import PostingKind
from oversight.definitions.figures import CAUSES, FLOWS, QUALITY
from oversight.definitions.tables import NUMBER_LABELS, STOCK_LABELS
from registry.domain.codes import code_list
from reports.definitions.account import STOCK_BY_NAME
from reports.definitions.text import Language, Text

_PARTS: Final = {
    "households_in": Text("增加户数", "households in"),
    "persons_in": Text("增加人数", "persons in"),
    "households_out": Text("减少户数", "households out"),
    "persons_out": Text("减少人数", "persons out"),
    "households": Text("户数", "households"),
    "persons": Text("人数", "persons"),
}
_SIDES: Final = {"main": Text("主要致贫原因", "Main cause"), "other": Text("其他致贫原因", "Other cause")}
_MOVED: Final = Text("跨村迁移", "Moved between villages")
_LATE: Final = Text("补录", "Recorded late")
_ALL: Final = {
    "filed": Text("建档立卡户", "Filed"),
    "any": Text("在册户", "On the register"),
    **STOCK_LABELS,
}
_INCOME: Final = Text("集体收入（分）", "Collective income (fen)")


def called(section: str, name: str, language: Language) -> str:
    """Name a published number, such as the households of a stock, or those that came in by one kind of posting."""
    known = NUMBER_LABELS.get((section, name))
    if known is not None:
        return " · ".join(text.in_language(language) for text in known if text is not None)
    if section == CAUSES:
        side, code, part = name.split("_", 2)
        return _joined(language, _SIDES[side], code_list("poverty_cause").label_of(code), _PARTS[part])
    if section == QUALITY:
        return name.removeprefix("rule_")
    if name == "income_fen":
        return _INCOME.in_language(language)
    return _of_stock(section, name, language)


def _of_stock(section: str, name: str, language: Language) -> str:
    """Take `<stock>[_<kind>]_<part>` apart, the longest names first."""
    stock = next((one for one in sorted(_ALL, key=len, reverse=True) if name.startswith(f"{one}_")), "")
    rest = name.removeprefix(f"{stock}_")
    part = next((one for one in sorted(_PARTS, key=len, reverse=True) if rest.endswith(one)), "")
    if not stock or not part:
        return name
    kind = rest.removesuffix(part).strip("_")
    words = [_ALL[stock], *([_kind(stock, kind)] if kind and section == FLOWS else []), _PARTS[part]]
    return _joined(language, *words)


def _kind(stock: str, kind: str) -> Text | str:
    """Name a kind of posting as the account does, else by its own label."""
    if kind == "moved":
        return _MOVED
    if kind == "late":
        return _LATE
    columns = STOCK_BY_NAME[stock].columns if stock in STOCK_BY_NAME else ()
    found = next((column.label for column in columns if column.kind == kind), None)
    return found if found is not None else str(PostingKind(kind).label)


def _joined(language: Language, *parts: Text | str) -> str:
    return " · ".join(part if isinstance(part, str) else part.in_language(language) for part in parts if part)
