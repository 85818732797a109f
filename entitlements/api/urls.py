"""Addresses of what is due and received below /api/v1/."""

from django.urls import path

from entitlements.api import own, policies, views

urlpatterns = [
    path("entitlements/", views.EntitlementList.as_view(), name="entitlements"),
    path("entitlements/answer/", views.AnswerManyView.as_view(), name="entitlements-answer"),
    path("entitlements/<uuid:entitlement_id>/", views.EntitlementView.as_view(), name="entitlement"),
    path("entitlements/<uuid:entitlement_id>/answer/", views.AnswerView.as_view(), name="entitlement-answer"),
    path(
        "entitlements/<uuid:entitlement_id>/withdrawal/", views.WithdrawalView.as_view(), name="entitlement-withdrawal"
    ),
    path("entitlement-figures/", views.FiguresView.as_view(), name="entitlement-figures"),
    path("entitlement-runs/", views.RunView.as_view(), name="entitlement-runs"),
    path("county-policies/", own.CountyPolicyList.as_view(), name="county-policies"),
    path("county-policies/<uuid:county_policy_id>/", own.CountyPolicyDetail.as_view(), name="county-policy"),
    path("entitlement-policies/", policies.PolicyList.as_view(), name="entitlement-policies"),
    path("entitlement-policies/<slug:code>/", policies.PolicyView.as_view(), name="entitlement-policy"),
]
