"""Addresses of dispatch plans below /api/v1/."""

from django.urls import path

from planning.api import helper_views, views

urlpatterns = [
    path("dispatch-units/", views.DispatchUnitList.as_view(), name="dispatch-units"),
    path("dispatch-units/<uuid:dispatch_unit_id>/", views.DispatchUnitView.as_view(), name="dispatch-unit"),
    path("dispatch-plans/", views.DispatchPlanList.as_view(), name="dispatch-plans"),
    path("dispatch-plans/<uuid:dispatch_plan_id>/", views.DispatchPlanView.as_view(), name="dispatch-plan"),
    path(
        "dispatch-plans/<uuid:dispatch_plan_id>/refresh-needs/",
        views.RefreshView.as_view(),
        name="dispatch-plan-refresh",
    ),
    path(
        "dispatch-plans/<uuid:dispatch_plan_id>/withdraw/",
        views.WithdrawPlanView.as_view(),
        name="dispatch-plan-withdraw",
    ),
    path(
        "dispatch-plans/<uuid:dispatch_plan_id>/proposals/",
        views.AskProposalView.as_view(),
        name="dispatch-plan-proposals",
    ),
    path("dispatch-proposals/", views.ProposalList.as_view(), name="dispatch-proposals"),
    path("dispatch-proposals/<uuid:proposal_id>/", views.ProposalView.as_view(), name="dispatch-proposal"),
    path("dispatch-proposals/<uuid:proposal_id>/changes/", views.HandView.as_view(), name="dispatch-proposal-changes"),
    path(
        "dispatch-proposals/<uuid:proposal_id>/publish/", views.PublishView.as_view(), name="dispatch-proposal-publish"
    ),
    path("dispatch-parts/", views.PartList.as_view(), name="dispatch-parts"),
    path("dispatch-parts/<uuid:part_id>/", views.PartView.as_view(), name="dispatch-part"),
    path("dispatch-parts/<uuid:part_id>/accept/", views.AcceptPartView.as_view(), name="dispatch-part-accept"),
    path("dispatch-parts/<uuid:part_id>/decline/", views.DeclinePartView.as_view(), name="dispatch-part-decline"),
    path("dispatch-parts/<uuid:part_id>/teams/", views.StationView.as_view(), name="dispatch-part-teams"),
    path("village-needs/", views.PublishedNeedsView.as_view(), name="village-needs"),
    path("helper-plans/", helper_views.HelperPlanList.as_view(), name="helper-plans"),
    path("helper-plans/<uuid:helper_plan_id>/", helper_views.HelperPlanView.as_view(), name="helper-plan"),
    path(
        "helper-plans/<uuid:helper_plan_id>/withdraw/",
        helper_views.WithdrawHelperPlanView.as_view(),
        name="helper-plan-withdraw",
    ),
    path("helper-plans/<uuid:helper_plan_id>/end/", helper_views.EndHelperPlanView.as_view(), name="helper-plan-end"),
    path(
        "helper-plans/<uuid:helper_plan_id>/proposals/",
        helper_views.AskHelperProposalView.as_view(),
        name="helper-plan-proposals",
    ),
    path(
        "helper-plans/<uuid:helper_plan_id>/related/",
        helper_views.SayRelatedView.as_view(),
        name="helper-plan-related",
    ),
    path("helper-proposals/", helper_views.HelperProposalList.as_view(), name="helper-proposals"),
    path(
        "helper-proposals/<uuid:helper_proposal_id>/",
        helper_views.HelperProposalView.as_view(),
        name="helper-proposal",
    ),
    path(
        "helper-proposals/<uuid:helper_proposal_id>/households/",
        helper_views.HelperChoiceList.as_view(),
        name="helper-proposal-households",
    ),
    path(
        "helper-proposals/<uuid:helper_proposal_id>/changes/",
        helper_views.HelperHandView.as_view(),
        name="helper-proposal-changes",
    ),
    path(
        "helper-proposals/<uuid:helper_proposal_id>/publish/",
        helper_views.PublishHelpersView.as_view(),
        name="helper-proposal-publish",
    ),
    path("helper-parts/", helper_views.HelperPartList.as_view(), name="helper-parts"),
    path("helper-parts/<uuid:helper_part_id>/", helper_views.HelperPartView.as_view(), name="helper-part"),
    path(
        "helper-parts/<uuid:helper_part_id>/confirm/",
        helper_views.ConfirmHelperPartView.as_view(),
        name="helper-part-confirm",
    ),
    path(
        "helper-parts/<uuid:helper_part_id>/decline/",
        helper_views.DeclineHelperPartView.as_view(),
        name="helper-part-decline",
    ),
    path("related-pairs/", helper_views.RelatedPairList.as_view(), name="related-pairs"),
]
