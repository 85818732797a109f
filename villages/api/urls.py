"""Addresses of the villages below /api/v1/."""

from django.urls import path

from villages.api import activities, basics, infrastructure, plans, views

urlpatterns = [
    path("villages/", views.VillageList.as_view(), name="villages"),
    path("villages/<uuid:village_id>/", views.VillageDetail.as_view(), name="village"),
    path("villages/<uuid:village_id>/years/", views.VillageYearView.as_view(), name="village-years"),
    path("village-facilities/", basics.FacilityList.as_view(), name="village-facilities"),
    path("village-facilities/<uuid:facility_id>/", basics.FacilityDetail.as_view(), name="village-facility"),
    path("committee-members/", basics.MemberList.as_view(), name="committee-members"),
    path("committee-members/<uuid:committee_id>/", basics.MemberDetail.as_view(), name="committee-member"),
    path("settlement-points/", basics.PointList.as_view(), name="settlement-points"),
    path("settlement-points/<uuid:point_id>/", basics.PointDetail.as_view(), name="settlement-point"),
    path("village-priorities/", basics.PriorityList.as_view(), name="village-priorities"),
    path("village-priorities/<uuid:priority_id>/", basics.PriorityDetail.as_view(), name="village-priority"),
    path("village-plans/", plans.PlanList.as_view(), name="village-plans"),
    path("village-plans/<uuid:plan_id>/", plans.PlanDetailView.as_view(), name="village-plan"),
    path("village-plans/<uuid:plan_id>/projects/", plans.PlanProjectsView.as_view(), name="village-plan-projects"),
    path("village-plans/<uuid:plan_id>/adopt/", plans.PlanAdoptView.as_view(), name="village-plan-adopt"),
    path("village-plans/<uuid:plan_id>/close/", plans.PlanCloseView.as_view(), name="village-plan-close"),
    path("plan-projects/<uuid:plan_project_id>/", plans.PlanProjectView.as_view(), name="plan-project"),
    path("plan-projects/<uuid:plan_project_id>/drop/", plans.PlanProjectDropView.as_view(), name="plan-project-drop"),
    path("plan-projects/<uuid:plan_project_id>/progress/", plans.PlanProgressView.as_view(), name="plan-progress"),
    path("village-activities/", activities.ActivityList.as_view(), name="village-activities"),
    path("village-activities/<uuid:activity_id>/", activities.ActivityView.as_view(), name="village-activity"),
    path(
        "village-activities/<uuid:activity_id>/withdrawal/",
        activities.ActivityWithdrawalView.as_view(),
        name="village-activity-withdrawal",
    ),
    path(
        "village-activities/<uuid:activity_id>/materials/",
        activities.ActivityMaterialView.as_view(),
        name="village-activity-materials",
    ),
    path(
        "activity-materials/<uuid:material_id>/file/",
        activities.ActivityMaterialFileView.as_view(),
        name="activity-material-file",
    ),
    path("infrastructure-projects/", infrastructure.InfrastructureList.as_view(), name="infrastructure-projects"),
    path(
        "infrastructure-projects/<uuid:infrastructure_id>/",
        infrastructure.InfrastructureView.as_view(),
        name="infrastructure-project",
    ),
    path(
        "infrastructure-projects/<uuid:infrastructure_id>/stage/",
        infrastructure.InfrastructureStageView.as_view(),
        name="infrastructure-stage",
    ),
    path(
        "infrastructure-projects/<uuid:infrastructure_id>/money/",
        infrastructure.InfrastructureMoneyView.as_view(),
        name="infrastructure-money",
    ),
    path(
        "infrastructure-projects/<uuid:infrastructure_id>/upkeep/",
        infrastructure.InfrastructureUpkeepView.as_view(),
        name="infrastructure-upkeep",
    ),
    path("project-upkeep/<uuid:upkeep_id>/", infrastructure.UpkeepView.as_view(), name="project-upkeep"),
]
