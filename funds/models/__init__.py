"""The tables of assistance funds."""

from funds.models.budget import Allocation, Budget
from funds.models.payment import BankFile, PaymentLine, PaymentList
from funds.models.programme import PaymentProgramme

__all__ = ["Allocation", "BankFile", "Budget", "PaymentLine", "PaymentList", "PaymentProgramme"]
