"""Addresses of the villages below /api/v1/."""

from django.urls import path

from villages.api import basics, views

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
]
