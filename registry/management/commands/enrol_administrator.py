"""Open the account of an administrator of the platform: the first step on a new installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from registry.admin.links import password_link
from registry.domain.memberships import NewAccount, admit_person
from registry.domain.people import password_link_for
from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, Tenant
from registry.queries.tenants import platform_actor
from registry.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Open an account with one of the three powers, and print the link by which its holder sets the password."""

    help = "Open the account of a system, security or audit administrator of the platform; prints a link."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=sorted(role.value for role in ADMINISTRATORS))
        parser.add_argument("username")
        parser.add_argument("name", help="the person's name")
        parser.add_argument("--email", default="")
        parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        account = NewAccount(options["username"], options["name"], options["email"], options["language"])
        platform = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
        try:
            with tenant_scope(platform_actor(origin="command:enrol_administrator")) as actor:
                user = admit_person(
                    account,
                    tenant=platform,
                    role=Role(options["role"]),
                    division_code=platform.code,
                    starts_on=today(),
                    actor=actor,
                )
                link = password_link(*password_link_for(user.pk, actor=actor))
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(link)
