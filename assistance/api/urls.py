"""Addresses of assistance below /api/v1/."""

from django.urls import path

from assistance.api import views

urlpatterns = [
    path("pairings/", views.PairingList.as_view(), name="pairings"),
    path("pairings/<uuid:pairing_id>/hand-over/", views.HandOverView.as_view(), name="pairing-hand-over"),
    path("pairings/<uuid:pairing_id>/end/", views.PairingEndView.as_view(), name="pairing-end"),
    path("helpers/", views.HelperList.as_view(), name="helpers"),
]
