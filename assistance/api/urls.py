"""Addresses of assistance below /api/v1/."""

from django.urls import path

from assistance.api import exits, measures, views

urlpatterns = [
    path("pairings/", views.PairingList.as_view(), name="pairings"),
    path("pairings/<uuid:pairing_id>/hand-over/", views.HandOverView.as_view(), name="pairing-hand-over"),
    path("pairings/<uuid:pairing_id>/end/", views.PairingEndView.as_view(), name="pairing-end"),
    path("measures/", measures.MeasureList.as_view(), name="measures"),
    path("measures/<uuid:measure_id>/", measures.MeasureDetail.as_view(), name="measure"),
    path("measures/<uuid:measure_id>/withdrawal/", measures.MeasureWithdrawalView.as_view(), name="measure-withdrawal"),
    path("helpers/", views.HelperList.as_view(), name="helpers"),
    path("exit-standards/", exits.StandardList.as_view(), name="exit-standards"),
    path("exit-standards/<uuid:standard_id>/", exits.StandardView.as_view(), name="exit-standard"),
    path("villages/<uuid:village_id>/exit-check/", exits.VillageExitCheckView.as_view(), name="village-exit-check"),
    path("village-exits/", exits.VillageExitList.as_view(), name="village-exits"),
]
