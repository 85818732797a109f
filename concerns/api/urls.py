"""Addresses of requests and grievances below /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
