"""Divisions by code: names, paths, subtrees, search. Where editions differ, the newest that holds the code counts."""

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotFound
from registry.lib.gbcode import CodeRange, Level, ancestors, subtree
from registry.models import Division, DivisionEdition, DivisionPredecessor


def division(code: str) -> Division:
    """Give the division of a code as the newest edition that holds it names it; abolished ones are found too.

    Raises: NotFound `division.unknown`.
    """
    found = _of_codes([code]).order_by("-edition_id").first()
    if found is None:
        raise NotFound("division.unknown", _("There is no such division. Choose it from the list."), field="code")
    return found


def division_names(codes: Iterable[str]) -> dict[str, str]:
    """Give the newest name of each code that any edition holds, by one query."""
    return dict(_of_codes(codes).order_by("edition_id").values_list("code", "name"))


def name_path(code: str) -> tuple[str, ...]:
    """Give the names from the province down to the division itself, by one query; levels not on record are left out."""
    codes = [*reversed(ancestors(code)), code]
    names = division_names(codes)
    return tuple(names[known] for known in codes if known in names)


def children_of(code: str) -> QuerySet[Division]:
    """Give the divisions directly below one, in the order of their codes."""
    return Division.objects.filter(edition_id=_edition_of(subtree(code)), parent_code=code).order_by("code")


def divisions_in(code_range: CodeRange, *, level: Level | None = None) -> QuerySet[Division]:
    """Give the divisions of a code range, of one level or all, in the order of their codes."""
    edition = _edition_of(code_range)
    found = Division.objects.filter(edition_id=edition, code__gte=code_range.lo, code__lt=code_range.hi)
    return (found if level is None else found.filter(level=level)).order_by("code")


def divisions_named(prefix: str, *, within: CodeRange, level: Level | None = None) -> QuerySet[Division]:
    """Give the divisions of a code range whose name begins with the text, the higher levels first."""
    return divisions_in(within, level=level).filter(name__startswith=prefix).order_by("level", "code")


def predecessors_of(code: str) -> tuple[str, ...]:
    """Give the earlier codes that a division took over, in merges and renumberings."""
    links = DivisionPredecessor.objects.filter(code=code).order_by("edition_id", "predecessor_code")
    return tuple(dict.fromkeys(links.values_list("predecessor_code", flat=True)))


def successors_of(code: str) -> tuple[str, ...]:
    """Give the later codes into which a division went."""
    links = DivisionPredecessor.objects.filter(predecessor_code=code).order_by("edition_id", "code")
    return tuple(dict.fromkeys(links.values_list("code", flat=True)))


def _of_codes(codes: Iterable[str]) -> QuerySet[Division]:
    """Find codes in all editions; naming the editions lets the database use the index that leads with them."""
    return Division.objects.filter(code__in=list(codes), edition__in=DivisionEdition.objects.values("edition"))


def _edition_of(code_range: CodeRange) -> str:
    """Give the newest edition that holds anything of the range, or '' for none."""
    inside = Q(divisions__code__gte=code_range.lo, divisions__code__lt=code_range.hi)
    newest: str | None = DivisionEdition.objects.filter(inside).aggregate(newest=Max("edition"))["newest"]
    return newest or ""
