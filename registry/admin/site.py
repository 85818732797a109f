"""The registry's admin site."""

from unfold.sites import UnfoldAdminSite


class RegistrySite(UnfoldAdminSite):
    """Django's admin site; its door to the tenant's scope follows."""
