"""Addresses of partners and benefit links below /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
