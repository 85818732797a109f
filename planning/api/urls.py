"""Addresses of dispatch plans below /api/v1/."""

from django.urls import path

from planning.api import views

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
]
