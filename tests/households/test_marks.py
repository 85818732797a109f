"""Certificates that were on file before their marks had columns."""

from io import StringIO

import pytest
from django.core.management import call_command

from households.domain.marks import read_disability_marks
from households.models import Person
from registry.enums import Role
from registry.lib.errors import NotAllowed
from registry.tenancy.scope import tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import COUNTY_CODE, county_office

pytestmark = pytest.mark.django_db


def with_certificate() -> None:
    """Register one of two persons by a certificate, and forget what it says, as the former version did."""
    with tenant_scope(county_office()):
        card = document_number(31, birth="19700101")
        registered(
            members=(
                PersonDraftFactory.build(relation_code="01", document_number=f"{card}42"),
                PersonDraftFactory.build(),
            )
        )
        Person.objects.update(disability_category_code="", disability_grade_code="")


def marks() -> list[tuple[str, str]]:
    with tenant_scope(county_office()):
        found = Person.objects.order_by("birth_on", "id").values_list(
            "disability_category_code", "disability_grade_code", "document_code"
        )
        return sorted((category, grade) for category, grade, _kind in found)


def test_command_writes_the_marks_of_certificates_alone_and_finds_nobody_again(db: None) -> None:
    with_certificate()

    first, second = StringIO(), StringIO()
    call_command("read_disability_marks", stdout=first)
    call_command("read_disability_marks", stdout=second)

    assert marks() == [("", ""), ("4", "2")]
    assert (f"{COUNTY_CODE}: 1" in first.getvalue(), f"{COUNTY_CODE}: 0" in second.getvalue()) == (True, True)


def test_office_is_refused_when_it_would_read_the_marks_of_all(db: None) -> None:
    with_certificate()

    with tenant_scope(county_office()) as actor, pytest.raises(NotAllowed):
        read_disability_marks(actor=actor)

    assert (marks(), actor.role) == ([("", ""), ("", "")], Role.COUNTY_OFFICE)
