"""What micro-credit tells of the month of a work team: loans, and what was paid of them."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("loans", Task.INCOME, _("Loans"), "credit.record_loan", "credit.amend_loan", "credit.extend_loan")
count_in_month("loan_payments", Task.INCOME, _("Payments of loans"), "credit.enter_payment", each_time=True)
