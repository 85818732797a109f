"""Addresses of the kernel below /api/v1/."""

from django.urls import path, re_path

from registry.api import views

urlpatterns = [
    path("schema/", views.SchemaDocument.as_view(), name="schema"),
    path("docs/", views.SchemaPage.as_view(url_name="api:schema"), name="docs"),
    path("divisions/", views.DivisionList.as_view(), name="divisions"),
    re_path(r"^divisions/(?P<code>[0-9]{12})/$", views.DivisionDetail.as_view(), name="division"),
    path("codes/", views.CodeList.as_view(), name="codes"),
]
