"""Addresses of assistance below /api/v1/."""

from django.urls import path

from assistance.api import exits, help_visits, measures, views

urlpatterns = [
    path("pairings/", views.PairingList.as_view(), name="pairings"),
    path("pairings/<uuid:pairing_id>/hand-over/", views.HandOverView.as_view(), name="pairing-hand-over"),
    path("pairings/<uuid:pairing_id>/end/", views.PairingEndView.as_view(), name="pairing-end"),
    path("measures/", measures.MeasureList.as_view(), name="measures"),
    path("measures/<uuid:measure_id>/", measures.MeasureDetail.as_view(), name="measure"),
    path("measures/<uuid:measure_id>/withdrawal/", measures.MeasureWithdrawalView.as_view(), name="measure-withdrawal"),
    path("help-visits/", help_visits.HelpVisitList.as_view(), name="help-visits"),
    path("help-visits/<uuid:help_visit_id>/", help_visits.HelpVisitDetail.as_view(), name="help-visit"),
    path(
        "help-visits/<uuid:help_visit_id>/withdrawal/",
        help_visits.HelpVisitWithdrawalView.as_view(),
        name="help-visit-withdrawal",
    ),
    path("visits-due/", help_visits.VisitsDueList.as_view(), name="visits-due"),
    path("helpers/", views.HelperList.as_view(), name="helpers"),
    path("exit-standards/", exits.StandardList.as_view(), name="exit-standards"),
    path("exit-standards/<uuid:standard_id>/", exits.StandardView.as_view(), name="exit-standard"),
    path("villages/<uuid:village_id>/exit-check/", exits.VillageExitCheckView.as_view(), name="village-exit-check"),
    path("village-exits/", exits.VillageExitList.as_view(), name="village-exits"),
]
