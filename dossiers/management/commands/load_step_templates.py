"""Give a county the templates of steps, and the checklists of visits, that come with this version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from dossiers.domain.shipped import load_shipped
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """`manage.py load_step_templates COUNTY`."""

    help = "Enter the templates and checklists of this version that the county lacks. Those on file stay as they are."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("county", help="division code of the county, 12 digits")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(code=options["county"]).first()
        if tenant is None or tenant.is_platform:
            raise CommandError("There is no county of this code in the register.")
        with tenant_scope(county_actor(tenant, origin="command:load_step_templates")) as actor:
            keys = load_shipped(actor=actor)
        for key in keys:
            self.stdout.write(f"{key}: entered")
        if not keys:
            self.stdout.write("The county has all templates of this version.")
