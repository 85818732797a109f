"""The tables of micro-credit."""

from credit.models.limit import LoanLimit
from credit.models.loan import Loan, LoanEntry, LoanExtension

__all__ = ["Loan", "LoanEntry", "LoanExtension", "LoanLimit"]
