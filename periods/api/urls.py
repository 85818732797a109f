"""Addresses of periods and pictures below /api/v1/."""

from django.urls import path

from periods.api import pictures

urlpatterns = [
    path("pictures/", pictures.PictureList.as_view(), name="pictures"),
    path("pictures/<uuid:snapshot_id>/", pictures.PictureOne.as_view(), name="picture"),
    path("pictures/<uuid:snapshot_id>/verify/", pictures.PictureVerification.as_view(), name="picture-verify"),
]
