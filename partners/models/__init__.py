"""The tables of partners and benefit links."""

from partners.models.benefit import BenefitLink
from partners.models.demonstration import DemonstrationMark
from partners.models.link import PartnerLink
from partners.models.partner import Partner

__all__ = ["BenefitLink", "DemonstrationMark", "Partner", "PartnerLink"]
