"""Addresses of the villages below /api/v1/."""

from django.urls import path

from villages.api import units, views

urlpatterns = [
    path("villages/", views.VillageList.as_view(), name="villages"),
    path("villages/<uuid:village_id>/", views.VillageDetail.as_view(), name="village"),
    path("villages/<uuid:village_id>/years/", views.VillageYearView.as_view(), name="village-years"),
    path("units/", units.UnitList.as_view(), name="units"),
    path("units/<uuid:unit_id>/", units.UnitDetail.as_view(), name="unit"),
]
