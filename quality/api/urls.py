"""Addresses of data quality below /api/v1/."""

from django.urls import path

from quality.api import rules, views

urlpatterns = [
    path("quality-rules/", rules.RuleList.as_view(), name="quality-rules"),
    path("quality-rules/<slug:code>/", rules.RuleView.as_view(), name="quality-rule"),
    path("quality-runs/", views.RunView.as_view(), name="quality-runs"),
    path("exemptions/", views.ExemptionList.as_view(), name="exemptions"),
    path("findings/", views.FindingList.as_view(), name="findings"),
    path("findings/assign/", views.AssignManyView.as_view(), name="findings-assign"),
    path("findings/<uuid:finding_id>/", views.FindingView.as_view(), name="finding"),
    path("findings/<uuid:finding_id>/assign/", views.AssignView.as_view(), name="finding-assign"),
    path("findings/<uuid:finding_id>/as-recorded/", views.AnswerView.as_view(), name="finding-as-recorded"),
    path("findings/<uuid:finding_id>/answer-line/", views.LineAnswerView.as_view(), name="finding-answer-line"),
    path("findings/<uuid:finding_id>/exemption/", views.ExemptionView.as_view(), name="finding-exemption"),
    path(
        "findings/<uuid:finding_id>/exemption/decide/",
        views.ExemptionDecisionView.as_view(),
        name="finding-exemption-decide",
    ),
]
