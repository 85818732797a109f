"""Addresses of periods below /api/v1/."""

from django.urls import path

from periods.api import pictures, views

urlpatterns = [
    path("periods/", views.PeriodList.as_view(), name="periods"),
    path("period-years/", views.PeriodYears.as_view(), name="period-years"),
    path("periods/<uuid:period_id>/", views.PeriodDetail.as_view(), name="period"),
    path("periods/<uuid:period_id>/close/", views.PeriodClose.as_view(), name="period-close"),
    path("periods/<uuid:period_id>/freeze/", views.PeriodFreeze.as_view(), name="period-freeze"),
    path("periods/<uuid:period_id>/publish/", views.PeriodPublication.as_view(), name="period-publish"),
    path("periods/<uuid:period_id>/reopening/", views.PeriodReopening.as_view(), name="period-reopening"),
    path(
        "periods/<uuid:period_id>/reopening/decision/",
        views.PeriodReopeningDecision.as_view(),
        name="period-reopening-decision",
    ),
    path("periods/<uuid:period_id>/behind/", views.PeriodBehind.as_view(), name="period-behind"),
    path("pictures/", pictures.PictureList.as_view(), name="pictures"),
    path("pictures/<uuid:snapshot_id>/", pictures.PictureOne.as_view(), name="picture"),
    path("pictures/<uuid:snapshot_id>/verify/", pictures.PictureVerification.as_view(), name="picture-verify"),
]
