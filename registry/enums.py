"""Choices shared by every room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person or machine may be in one tenant; the rules table says what each may do.

    Source: house rule, docs/roles.md. The three administrators are the separate powers that graded protection of
    information systems asks for (GB/T 22239-2019, level 3).
    """

    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("Audit administrator")
    COUNTY_OFFICE = "county_office", _("County office")
    SECTOR_CLERK = "sector_clerk", _("Sector clerk")
    TOWNSHIP_CLERK = "township_clerk", _("Township clerk")
    VILLAGE_TEAM = "village_team", _("Village team")
    HELPER = "helper", _("Helper")
    PREFECTURE_READER = "prefecture_reader", _("Prefecture reader")
    PROVINCE_READER = "province_reader", _("Province reader")
    DISPATCH_OFFICE = "dispatch_office", _("Dispatch office")
    MACHINE_CLIENT = "machine_client", _("Machine client")
    SERVICE = "service", _("Automatic work")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})


class Sector(models.TextChoices):
    """The field of a sector clerk: only its columns and findings are open to them."""

    EDUCATION = "education", _("Education")
    MEDICAL_INSURANCE = "medical_insurance", _("Medical insurance")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs")
    HOUSING = "housing", _("Housing")
    WATER = "water", _("Water")
    DISABILITY = "disability", _("Disability")


class Policy(models.TextChoices):
    """Which row-level security policy a tenant table has."""

    RANGED = "ranged", _("Tenant and code ranges")
    SHARED = "shared", _("Tenant only")
    AUDIT = "audit", _("Tenant to write, audit right to read")
    DETAIL = "detail", _("Tenant to write, tenant and code ranges to read")
    CONCEALED = "concealed", _("Tenant to write; tenant and code ranges to read, but not for whoever the row is about")


class JobState(models.TextChoices):
    """Where a background job stands."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
