"""Django's admin app, wired to the registry's own site."""

import gc
from importlib import import_module

from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.apps import AdminConfig
from typing_extensions import override


class RegistryAdminConfig(AdminConfig):
    """Django's admin with the site that opens a tenant's scope round each page."""

    default = False
    default_site = "registry.admin.site.RegistrySite"

    @override
    def ready(self) -> None:
        """Find each app's pages, then those of the kernel, which lie in the package of the site itself.

        Django's own page of groups goes: groups have no effect here. With that all is loaded, and stays: lost memory is
        looked for from now on, and in what comes from now on.
        """
        super().ready()
        site.unregister(apps.get_model("auth", "Group"))
        for module in ("system", "security", "trail"):
            import_module(f"registry.admin.{module}")
        gc.enable()
        gc.freeze()
