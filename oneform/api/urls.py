"""Addresses of the forms that offices send down below /api/v1/."""

from django.urls import path

from oneform.api import views

urlpatterns = [
    path("forms/", views.FormList.as_view(), name="forms"),
    path("forms/<uuid:form_request_id>/", views.FormDetail.as_view(), name="form"),
    path("forms/<uuid:form_request_id>/mapping/", views.FormMapping.as_view(), name="form-mapping"),
    path("forms/<uuid:form_request_id>/count/", views.FormCount.as_view(), name="form-count"),
    path("forms/<uuid:form_request_id>/closing/", views.FormClosing.as_view(), name="form-closing"),
    path("forms/<uuid:form_request_id>/reopening/", views.FormReopening.as_view(), name="form-reopening"),
    path("forms/<uuid:form_request_id>/filled/", views.FormFilled.as_view(), name="form-filled"),
    path("forms/<uuid:form_request_id>/parts/", views.FormPartList.as_view(), name="form-parts"),
    path("form-parts/<uuid:form_part_id>/", views.FormPartMark.as_view(), name="form-part"),
    path("form-burden/", views.FormBurden.as_view(), name="form-burden"),
    path("form-burden/villages/", views.FormBurdenVillages.as_view(), name="form-burden-villages"),
]
