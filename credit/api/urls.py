"""Addresses of micro-credit below /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
