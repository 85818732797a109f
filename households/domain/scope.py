"""Rewrite who may see the rows below a household: the one place that changes `scope_code`."""

from collections.abc import Iterator
from uuid import UUID

from django.apps import apps

from households.models import Household, Membership, Person
from registry.models import AuditDetail
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
    """Give the household and every row below it, its present members' rows among them, the village's code.

    The household itself is saved by the caller.
    """
    persons = list(
        Membership.objects.filter(household=household, ends_on__isnull=True).values_list("person_id", flat=True)
    )
    _rewrite(links_to(Household), [household.id], code)
    rewrite_person_scope(persons, code)
    AuditDetail.objects.filter(object_id=household.id).update(scope_code=code)


def rewrite_person_scope(person_ids: list[UUID], code: str) -> None:
    """Give persons and the rows that belong to them alone the code of the village where they live now."""
    Person.objects.filter(id__in=person_ids).update(scope_code=code)
    own = [link for link in links_to(Person) if link[0] not in _of_households()]
    _rewrite(iter(own), person_ids, code)
    AuditDetail.objects.filter(object_id__in=person_ids).update(scope_code=code)


def _of_households() -> frozenset[type[TenantModel]]:
    """Tables that point at a household move with that household, also where they name a person."""
    return frozenset(model for model, _ in links_to(Household))


def _rewrite(links: Iterator[Link], ids: list[UUID], code: str) -> None:
    for model, field in links:
        model.objects.filter(**{f"{field}__in": ids}).update(scope_code=code)
