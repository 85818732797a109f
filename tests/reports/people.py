"""Users who get reports, or should not."""

from datetime import date
from typing import Any

from django.utils import timezone

from registry.enums import Role
from registry.models import Membership, Tenant, User
from tests.factories.tenants import COUNTY_CODE, county


def reader(
    username: str,
    *,
    verified: bool = True,
    role: Role = Role.COUNTY_OFFICE,
    area: str = COUNTY_CODE,
    tenant: Tenant | None = None,
    **values: Any,
) -> User:
    """Make a user with a membership in a county (the first one)."""
    user = User.objects.create(
        username=username,
        name=username,
        email=f"{username}@example.invalid",
        email_verified_at=timezone.now() if verified else None,
        **values,
    )
    Membership.objects.create(
        user=user, tenant=tenant or county(), role=role, division_code=area, starts_on=date(2020, 1, 1)
    )
    return user
