"""Notes on the figures that workbook, mail and page share."""

from reports.definitions import wording
from reports.definitions.account import STOCKS
from reports.definitions.figures import Figures
from reports.definitions.text import Language


def carried_notes(figures: Figures, language: Language) -> tuple[str, ...]:
    """Say where an opening is not the closing that was last reported."""
    labels = {definition.stock: definition.label.in_language(language) for definition in STOCKS}
    return tuple(
        wording.MAIL_CARRIED.in_language(
            language,
            stock=labels[item.stock],
            former_households=item.former_closing.households,
            former_persons=item.former_closing.persons,
            households=item.opening.households,
            persons=item.opening.persons,
        )
        for item in figures.carried_over
    )
