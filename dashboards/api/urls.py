"""Addresses of the first page below /api/v1/."""

from django.urls import path

from dashboards.api import views

urlpatterns = [
    path("dashboard/", views.DashboardView.as_view(), name="dashboard"),
    path("dashboard/waiting/", views.WaitingView.as_view(), name="dashboard-waiting"),
]
