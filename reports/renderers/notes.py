"""What workbook, mail and page share: the county in short, and notes on the figures."""

from reports.definitions import wording
from reports.definitions.account import STOCKS
from reports.definitions.figures import Count, Figures
from reports.definitions.text import Language, Text
from reports.definitions.totals import Totals, filed_totals, totals_of


def summary_lines(figures: Figures) -> list[tuple[Text, Totals]]:
    """Give the county in short: its filed households, of them not lifted and lifted, and the monitored ones."""
    stocks = [(definition.label, totals_of(definition, figures.county_line(definition.stock))) for definition in STOCKS]
    return [(wording.FILED_TOTAL, filed_totals(figures, figures.county.code)), *stocks]


def period_notes(figures: Figures, language: Language) -> tuple[str, ...]:
    """Say what was recorded late in the county, stock by stock; of an older report, what its opening differs in."""
    return carried_notes(figures, language) + late_notes(figures, language)


def late_notes(figures: Figures, language: Language) -> tuple[str, ...]:
    """Say what took effect in earlier months, was recorded after they were frozen, and so counts in this period."""
    totals = [(definition, totals_of(definition, figures.county_line(definition.stock))) for definition in STOCKS]
    return tuple(
        wording.LATE_NOTE.in_language(
            language,
            stock=definition.label.in_language(language),
            in_households=line.late_came.households,
            in_persons=line.late_came.persons,
            out_households=line.late_went.households,
            out_persons=line.late_went.persons,
        )
        for definition, line in totals
        if (line.late_came, line.late_went) != (Count(), Count())
    )


def carried_notes(figures: Figures, language: Language) -> tuple[str, ...]:
    """Say where an opening is not the closing last reported: in the county with figures, below it how often."""
    labels = {definition.stock: definition.label.in_language(language) for definition in STOCKS}
    number = figures.carried_over_below
    below = (wording.MAIL_CARRIED_BELOW.in_language(language, number=number),) if number else ()
    county = tuple(
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
    return county + below
