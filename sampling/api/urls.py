"""Addresses of the sample checks below /api/v1/."""

from django.urls import path

from sampling.api import views

urlpatterns = [
    path("samples/", views.SampleList.as_view(), name="samples"),
    path("samples/<uuid:sample_id>/", views.SampleDetail.as_view(), name="sample"),
    path("samples/<uuid:sample_id>/draw/", views.SampleDraw.as_view(), name="sample-draw"),
    path("samples/<uuid:sample_id>/cancellation/", views.SampleCancellation.as_view(), name="sample-cancellation"),
    path("samples/<uuid:sample_id>/closing/", views.SampleClosing.as_view(), name="sample-closing"),
    path("samples/<uuid:sample_id>/frame/", views.SampleFrame.as_view(), name="sample-frame"),
    path("samples/<uuid:sample_id>/file/", views.SampleFile.as_view(), name="sample-file"),
    path("samples/<uuid:sample_id>/households/", views.SampledHouseholdList.as_view(), name="sampled-households"),
    path("sampled-households/<uuid:drawn_id>/result/", views.SampledResult.as_view(), name="sampled-result"),
]
