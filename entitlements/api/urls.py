"""Addresses of what is due and received below /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
