"""What the collective ledger tells the check of a village's exit."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from assistance.queries.exits import INCOME, FactSource, enter_fact_source
from economy.queries.ledger import balance_of
from villages.models import Village


def own_income_of(village: Village, year: int) -> Decimal | None:
    """Give the own income of a village's ledger in a year, None where it has no entry; aid does not count."""
    balance = balance_of(village, year)
    return balance.own_yuan if balance.has_entries else None


enter_fact_source(INCOME, FactSource("collective_ledger", _("ledger of the collective"), own_income_of))
