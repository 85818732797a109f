"""Addresses of the oversight below /api/v1/."""

from django.urls import path

from oversight.api import looks, views

_GRANT = "look-grants/<uuid:grant_id>/"
_LOOK = "oversight/looks/<uuid:granted_id>/households/"

urlpatterns = [
    path("oversight/periods/", views.PublishedPeriods.as_view(), name="oversight-periods"),
    path("oversight/timeliness/", views.TimelinessList.as_view(), name="oversight-timeliness"),
    path("oversight/areas/", views.AreaHome.as_view(), name="oversight-home"),
    path("oversight/areas/<str:code>/", views.Area.as_view(), name="oversight-area"),
    path("oversight/areas/<str:code>/trend/", views.AreaTrend.as_view(), name="oversight-trend"),
    path("oversight/areas/<str:code>/file/", views.AreaFile.as_view(), name="oversight-file"),
    path("oversight/editions/<uuid:edition_id>/", views.Edition.as_view(), name="oversight-edition"),
    path("oversight/looks/", looks.LookList.as_view(), name="oversight-looks"),
    path(_LOOK, looks.LookHouseholds.as_view(), name="oversight-look-households"),
    path(f"{_LOOK}<uuid:household_id>/", looks.LookHousehold.as_view(), name="oversight-look-household"),
    path("look-grants/", looks.LookGrantList.as_view(), name="look-grants"),
    path(_GRANT, looks.LookGrantDetail.as_view(), name="look-grant"),
    path(f"{_GRANT}give/", looks.LookGrantGive.as_view(), name="look-grant-give"),
    path(f"{_GRANT}refuse/", looks.LookGrantRefuse.as_view(), name="look-grant-refuse"),
    path(f"{_GRANT}withdraw/", looks.LookGrantWithdraw.as_view(), name="look-grant-withdraw"),
]
