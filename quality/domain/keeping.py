"""Empty what a sender of a list wrote, once the list was returned and nobody needs it any more."""

from datetime import date, timedelta
from typing import Final

from django.db.models import F, Q
from django.utils import timezone

from quality.models import SuspicionLine, SuspicionList
from registry.access import require
from registry.audit import record
from registry.lib.periods import today
from registry.tenancy.context import Actor

# House rules, docs/decisions/0142: the sender may ask back for half a year after the return; a list that was never
# answered in full is kept for a year beyond its deadline, and then as long.
KEPT_AFTER_RETURN: Final = timedelta(days=180)
KEPT_UNANSWERED: Final = timedelta(days=365)


def empty_lists(*, actor: Actor, on: date | None = None) -> int:
    """Empty the cells of lists whose time is over as of the day (today), and give the number of lists.

    What stays is what people see in a finding: what is doubted, number, deadline and answer.
    Locks: the lists. Raises: NotAllowed.
    """
    require(actor, "quality.empty_lists")
    day = on or today()
    last = day - KEPT_AFTER_RETURN
    is_over = Q(returned_on__lte=last) | Q(returned_on__isnull=True, due_on__lte=last - KEPT_UNANSWERED)
    lists = list(SuspicionList.objects.select_for_update(of=("self",)).filter(is_over, emptied_on__isnull=True))
    if not lists:
        return 0
    ids, now = [kept.pk for kept in lists], timezone.now()
    SuspicionLine.objects.filter(suspicion_list__in=ids).update(
        cells_sealed=None, version=F("version") + 1, updated_at=now
    )
    SuspicionList.objects.filter(pk__in=ids).update(
        top_sealed=None, emptied_on=day, version=F("version") + 1, updated_at=now
    )
    for kept in lists:
        record("quality.empty_list", kept, actor=actor, changes={"emptied_on": (None, day)}, count=kept.line_count)
    return len(lists)
