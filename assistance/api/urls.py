"""Addresses of assistance below /api/v1/."""

from django.urls import path

from assistance.api import coverage, exits, help_visits, helping, loads, measures, plans, views

urlpatterns = [
    path("helper-coverage/", coverage.CoverageView.as_view(), name="helper-coverage"),
    path("households-without-helper/", coverage.UncoveredList.as_view(), name="households-without-helper"),
    path("support-periods/", coverage.SupportPeriodList.as_view(), name="support-periods"),
    path("support-periods/<uuid:support_period_id>/", coverage.SupportPeriodView.as_view(), name="support-period"),
    path("pairings/", views.PairingList.as_view(), name="pairings"),
    path("pairings/<uuid:pairing_id>/hand-over/", views.HandOverView.as_view(), name="pairing-hand-over"),
    path("pairings/<uuid:pairing_id>/end/", views.PairingEndView.as_view(), name="pairing-end"),
    path("measures/", measures.MeasureList.as_view(), name="measures"),
    path("measures/<uuid:measure_id>/", measures.MeasureDetail.as_view(), name="measure"),
    path("measures/<uuid:measure_id>/withdrawal/", measures.MeasureWithdrawalView.as_view(), name="measure-withdrawal"),
    path("measures/<uuid:measure_id>/plan/", plans.MeasurePlanView.as_view(), name="measure-plan"),
    path("household-plans/", plans.HouseholdPlanList.as_view(), name="household-plans"),
    path("household-plans/<uuid:household_plan_id>/", plans.HouseholdPlanView.as_view(), name="household-plan"),
    path(
        "household-plans/<uuid:household_plan_id>/measures/",
        plans.HouseholdPlanMeasuresView.as_view(),
        name="household-plan-measures",
    ),
    path(
        "household-plans/<uuid:household_plan_id>/adopt/",
        plans.HouseholdPlanAdoptView.as_view(),
        name="household-plan-adopt",
    ),
    path(
        "household-plans/<uuid:household_plan_id>/close/",
        plans.HouseholdPlanCloseView.as_view(),
        name="household-plan-close",
    ),
    path(
        "household-plans/<uuid:household_plan_id>/withdrawal/",
        plans.HouseholdPlanWithdrawalView.as_view(),
        name="household-plan-withdrawal",
    ),
    path("planned-measures/<uuid:planned_measure_id>/", plans.PlannedMeasureView.as_view(), name="planned-measure"),
    path(
        "planned-measures/<uuid:planned_measure_id>/drop/",
        plans.PlannedMeasureDropView.as_view(),
        name="planned-measure-drop",
    ),
    path("households-without-plan/", plans.HouseholdsWithoutPlan.as_view(), name="households-without-plan"),
    path("help-visits/", help_visits.HelpVisitList.as_view(), name="help-visits"),
    path("help-visits/<uuid:help_visit_id>/", help_visits.HelpVisitDetail.as_view(), name="help-visit"),
    path(
        "help-visits/<uuid:help_visit_id>/withdrawal/",
        help_visits.HelpVisitWithdrawalView.as_view(),
        name="help-visit-withdrawal",
    ),
    path("visits-due/", help_visits.VisitsDueList.as_view(), name="visits-due"),
    path("helpers/", helping.HelperList.as_view(), name="helpers"),
    path("helpers/<uuid:helper_id>/", helping.HelperDetail.as_view(), name="helper"),
    path("helper-loads/", loads.HelperLoadList.as_view(), name="helper-loads"),
    path("helper-loads/<uuid:helper_load_id>/", loads.HelperLoadView.as_view(), name="helper-load"),
    path("visit-plans/", helping.VisitPlanList.as_view(), name="visit-plans"),
    path("visit-plans/<uuid:visit_plan_id>/", helping.VisitPlanDetail.as_view(), name="visit-plan"),
    path("exit-standards/", exits.StandardList.as_view(), name="exit-standards"),
    path("exit-standards/<uuid:standard_id>/", exits.StandardView.as_view(), name="exit-standard"),
    path("villages/<uuid:village_id>/exit-check/", exits.VillageExitCheckView.as_view(), name="village-exit-check"),
    path("village-exits/", exits.VillageExitList.as_view(), name="village-exits"),
]
