"""What the collective economy tells in a household's timeline: dividends and wages that it received."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from economy.enums import DividendState
from economy.models import Dividend, DividendLine, IndustryProject, ProjectWork, ShareFund
from households.domain.near import in_whole_county
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.tenancy.context import Actor

VIEW: Final = "economy.view"


@tell
def received_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell dividends and wages to who may see them, of funds and projects too that lie outside of the area."""
    if not role_may(actor, VIEW):
        return
    lines = list(DividendLine.objects.filter(household=household, amount_yuan__gt=0))
    work = ProjectWork.objects.filter(household=household, withdrawn_on__isnull=True).select_related("person")
    wages = list(work)
    with in_whole_county(actor):
        dividends = Dividend.objects.filter(pk__in={line.dividend_id for line in lines}, state=DividendState.APPROVED)
        paid = {row.pk: row for row in dividends}
        funds = dict(ShareFund.objects.filter(pk__in={row.fund_id for row in paid.values()}).values_list("id", "name"))
        projects = IndustryProject.objects.filter(pk__in={row.project_id for row in wages})
        names = dict(projects.values_list("id", "name"))
    for line in lines:
        dividend = paid.get(line.dividend_id)
        if dividend is not None:
            told = {"fund": funds[dividend.fund_id], "yuan": line.amount_yuan}
            text = _("Dividend: %(fund)s, %(yuan)s yuan") % told
            yield Entry(f"dividend-{line.id}", Topic.ASSISTANCE, "dividend_received", None, dividend.paid_on, text)
    for row in wages:
        told = {"project": names[row.project_id], "days": f"{row.day_count.normalize():f}", "yuan": row.wage_yuan}
        text = _("Wage of a project: %(project)s, %(days)s days, %(yuan)s yuan") % told
        yield Entry(f"wage-{row.id}", Topic.ASSISTANCE, "wage_received", None, row.paid_on, text, name=row.person.name)
