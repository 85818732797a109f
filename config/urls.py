"""Every address of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from registry.api.health import healthz, readyz
from registry.api.problems import address_unknown
from registry.lib.product import PRODUCT_APPS
from reports.admin.addresses import verify

api = [path("", include(f"{app}.api.urls")) for app in PRODUCT_APPS if find_spec(f"{app}.api.urls")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include((api, "api"))),
    re_path(r"^api/", address_unknown),
    # Opened by offices that have no login, before the site asks for one.
    path("admin/reports/verify-address/<str:token>/", never_cache(verify), name="verify-outside-address"),
    path("admin/", admin.site.urls),
]

handler400 = "registry.api.failures.bad_request"
handler403 = "registry.api.failures.forbidden"
handler404 = "registry.api.failures.not_found"
handler500 = "registry.api.failures.fault"
