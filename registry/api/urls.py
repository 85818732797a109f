"""Addresses of the kernel below /api/v1/."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from registry.api import views
from registry.api.schema import RegistryGenerator

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(generator_class=RegistryGenerator), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("divisions/", views.DivisionList.as_view(), name="divisions"),
    path("divisions/<str:code>/", views.DivisionDetail.as_view(), name="division"),
    path("codes/", views.CodeList.as_view(), name="codes"),
]
