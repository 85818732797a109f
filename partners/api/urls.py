"""Addresses of partners and benefit links below /api/v1/."""

from django.urls import path

from partners.api import benefits, partners

urlpatterns = [
    path("partners/", partners.PartnerList.as_view(), name="partners"),
    path("partners/<uuid:partner_id>/", partners.PartnerDetail.as_view(), name="partner"),
    path("partners/<uuid:partner_id>/end/", partners.PartnerEnd.as_view(), name="partner-end"),
    path("partners/<uuid:partner_id>/figures/", partners.PartnerFigures.as_view(), name="partner-figures"),
    path("partner-links/", partners.LinkList.as_view(), name="partner-links"),
    path("partner-links/<uuid:partner_link_id>/end/", partners.LinkEnd.as_view(), name="partner-link-end"),
    path("benefit-links/", benefits.BenefitList.as_view(), name="benefit-links"),
    path("benefit-links/<uuid:benefit_id>/editions/", benefits.BenefitEditions.as_view(), name="benefit-link-editions"),
    path(
        "benefit-links/<uuid:benefit_id>/withdrawal/",
        benefits.BenefitWithdrawal.as_view(),
        name="benefit-link-withdrawal",
    ),
    path(
        "households/<uuid:household_id>/income-sources/",
        benefits.HouseholdSources.as_view(),
        name="household-income-sources",
    ),
    path(
        "households/<uuid:household_id>/income-sources/carry/",
        benefits.HouseholdCarrying.as_view(),
        name="household-income-carry",
    ),
    path("demonstration-households/", benefits.MarkList.as_view(), name="demonstrations"),
    path(
        "demonstration-households/<uuid:demonstration_id>/withdrawal/",
        benefits.MarkWithdrawal.as_view(),
        name="demonstration-withdrawal",
    ),
]
