"""The tables of the kernel; `registry.tenancy.platform` lists those that stand outside the tenants."""

from registry.models.audit import AuditCounter, AuditDetail, AuditEvent
from registry.models.claim import IdentityClaim
from registry.models.code import Code
from registry.models.division import Division, DivisionEdition, DivisionPredecessor
from registry.models.document import Document
from registry.models.history import RowVersion
from registry.models.job import DueWork, Job
from registry.models.letter import Letter
from registry.models.people import ApiToken, Membership, User
from registry.models.published import PublishedFigure
from registry.models.published_areas import GrantedLook, PublishedDivision, PublishedEdition
from registry.models.sentence import SentenceField
from registry.models.tally import Tally, TallyMark
from registry.models.tenant import PLATFORM_TENANT_ID, Tenant

__all__ = [
    "PLATFORM_TENANT_ID",
    "ApiToken",
    "AuditCounter",
    "AuditDetail",
    "AuditEvent",
    "Code",
    "Division",
    "DivisionEdition",
    "DivisionPredecessor",
    "Document",
    "DueWork",
    "GrantedLook",
    "IdentityClaim",
    "Job",
    "Letter",
    "Membership",
    "PublishedDivision",
    "PublishedEdition",
    "PublishedFigure",
    "RowVersion",
    "SentenceField",
    "Tally",
    "TallyMark",
    "Tenant",
    "User",
]
