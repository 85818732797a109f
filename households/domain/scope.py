"""Rewrite who may see the rows below a household: the one place that changes `scope_code`."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps

from households.models import Household, Person
from households.queries.history import persons_last_in
from registry.models import AuditDetail, RowVersion
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel

Link = tuple[type[TenantModel], str]


def links_to(target: type[TenantModel]) -> Iterator[Link]:
    """Give each table of any app that points at `target`, with the name of its field.

    The tables are found in the models, so that a later room's rows move too without being named here.
    """
    for model in apps.get_models():
        if issubclass(model, TenantModel):
            for field in model._meta.get_fields():
                if isinstance(field, TenantForeignKey) and field.remote_field.model is target:
                    yield model, field.name


def rewrite_household_scope(household: Household, code: str) -> None:
    """Give every row below the household, and its persons, the village's code; audit and former versions go along.

    Its persons are those who live in it, and those who lived in it last: the dead and the departed have no other place.
    The household itself is saved by the caller.
    """
    persons = persons_last_in(household)
    below = _rewrite(links_to(Household), [household.id], code)
    rewrite_person_scope(persons, code)
    AuditDetail.objects.filter(object_id__in=[household.id, *below]).update(scope_code=code)
    RowVersion.objects.filter(owner_id=household.id).update(scope_code=code)


def rewrite_person_scope(person_ids: Iterable[UUID], code: str) -> None:
    """Give persons, and the rows that belong to them alone, the code of the village where they live now."""
    persons = list(person_ids)
    Person.objects.filter(id__in=persons).update(scope_code=code)
    below = _rewrite((link for link in links_to(Person) if link[0] not in tables_of_households()), persons, code)
    AuditDetail.objects.filter(object_id__in=[*persons, *below]).update(scope_code=code)
    RowVersion.objects.filter(owner_id__in=persons).update(scope_code=code)


def tables_of_households() -> frozenset[type[TenantModel]]:
    """Tables that point at a household move with that household, also where they name a person."""
    return frozenset(model for model, _ in links_to(Household))


def _rewrite(links: Iterable[Link], ids: list[UUID], code: str) -> list[UUID]:
    """Give the rows that point at `ids` the code, and tell their own ids."""
    found: list[UUID] = []
    for model, field in links:
        rows = model.objects.filter(**{f"{field}__in": ids})
        found.extend(rows.values_list("id", flat=True))
        rows.update(scope_code=code)
    return found
