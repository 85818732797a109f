"""The tables of assistance funds."""

from funds.models.budget import Allocation, Budget
from funds.models.payment import BankFile, PaymentCorrection, PaymentLine, PaymentList
from funds.models.programme import PaymentProgramme

__all__ = ["Allocation", "BankFile", "Budget", "PaymentCorrection", "PaymentLine", "PaymentList", "PaymentProgramme"]
