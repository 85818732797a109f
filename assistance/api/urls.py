"""Addresses of assistance below /api/v1/."""

from django.urls import path

from assistance.api import measures, views

urlpatterns = [
    path("pairings/", views.PairingList.as_view(), name="pairings"),
    path("pairings/<uuid:pairing_id>/hand-over/", views.HandOverView.as_view(), name="pairing-hand-over"),
    path("pairings/<uuid:pairing_id>/end/", views.PairingEndView.as_view(), name="pairing-end"),
    path("measures/", measures.MeasureList.as_view(), name="measures"),
    path("measures/<uuid:measure_id>/", measures.MeasureDetail.as_view(), name="measure"),
    path("measures/<uuid:measure_id>/withdrawal/", measures.MeasureWithdrawalView.as_view(), name="measure-withdrawal"),
    path("helpers/", views.HelperList.as_view(), name="helpers"),
]
