"""Django's admin app, wired to the registry's own site."""

from django.contrib.admin.apps import AdminConfig


class RegistryAdminConfig(AdminConfig):
    """Django's admin with the site that opens a tenant's scope round each page."""

    default = False
    default_site = "registry.admin.site.RegistrySite"
