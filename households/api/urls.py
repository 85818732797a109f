"""Addresses of the households below /api/v1/."""

from django.urls import path

from households.api import (
    changes,
    duplicates,
    income,
    ledger,
    members,
    near,
    sectors,
    timeline,
    transfers,
    views,
    visits,
    work,
)

urlpatterns = [
    path("households/", views.HouseholdList.as_view(), name="households"),
    path("households/<uuid:household_id>/", views.HouseholdDetail.as_view(), name="household"),
    path("households/<uuid:household_id>/status/", views.HouseholdStatusView.as_view(), name="household-status"),
    path(
        "households/<uuid:household_id>/monitoring/",
        views.HouseholdMonitoringView.as_view(),
        name="household-monitoring",
    ),
    path("households/<uuid:household_id>/village/", views.HouseholdMoveView.as_view(), name="household-village"),
    path("households/<uuid:household_id>/split/", changes.HouseholdSplit.as_view(), name="household-split"),
    path("households/<uuid:household_id>/merge/", changes.HouseholdMerger.as_view(), name="household-merge"),
    path("households/<uuid:household_id>/years/", views.HouseholdYearView.as_view(), name="household-years"),
    path(
        "households/<uuid:household_id>/income/<int:year>/",
        income.HouseholdIncomeView.as_view(),
        name="household-income",
    ),
    path("households/<uuid:household_id>/visits/", visits.VisitList.as_view(), name="household-visits"),
    path(
        "households/<uuid:household_id>/relocation/",
        visits.RelocationView.as_view(),
        name="household-relocation",
    ),
    path("households/<uuid:household_id>/timeline/", timeline.HouseholdTimeline.as_view(), name="household-timeline"),
    path("households/<uuid:household_id>/reveal/", views.HouseholdRevealView.as_view(), name="household-reveal"),
    path("households/<uuid:household_id>/members/", members.HouseholdMembers.as_view(), name="household-members"),
    path("households/<uuid:household_id>/head/", members.HouseholdHead.as_view(), name="household-head"),
    path(
        "households/<uuid:household_id>/members/<uuid:person_id>/end/",
        members.HouseholdMemberEnd.as_view(),
        name="household-member-end",
    ),
    path("members/", members.MemberList.as_view(), name="members"),
    path("members/find/", members.MemberFinding.as_view(), name="members-find"),
    path("persons/<uuid:person_id>/", members.PersonDetail.as_view(), name="person"),
    path("persons/<uuid:person_id>/years/", members.PersonYearView.as_view(), name="person-years"),
    path("persons/<uuid:person_id>/reveal/", members.PersonRevealView.as_view(), name="person-reveal"),
    path("work-records/", work.WorkRecordList.as_view(), name="work-records"),
    path("work-records/<uuid:record_id>/", work.WorkRecordDetail.as_view(), name="work-record"),
    path(
        "work-records/<uuid:record_id>/withdrawal/", work.WorkRecordWithdrawal.as_view(), name="work-record-withdrawal"
    ),
    path("households/<uuid:household_id>/offer/", transfers.HouseholdOffer.as_view(), name="household-offer"),
    path("transfers/", transfers.TransferList.as_view(), name="transfers"),
    path("transfers/<uuid:transfer_id>/accept/", transfers.TransferAcceptance.as_view(), name="transfer-accept"),
    path("transfers/<uuid:transfer_id>/decline/", transfers.TransferRefusal.as_view(), name="transfer-decline"),
    path("transfers/<uuid:transfer_id>/withdraw/", transfers.TransferWithdrawal.as_view(), name="transfer-withdraw"),
    path("ledger/stock/", ledger.StockList.as_view(), name="ledger-stock"),
    path("duplicates/", duplicates.DuplicateList.as_view(), name="duplicates"),
    path("duplicates/<uuid:notice_id>/settle/", duplicates.DuplicateSettle.as_view(), name="duplicate-settle"),
    path("near-duplicates/", near.NearList.as_view(), name="near-duplicates"),
    path("near-duplicates/<uuid:near_id>/settle/", near.NearSettle.as_view(), name="near-duplicate-settle"),
    path("sector-facts/", sectors.SectorFactList.as_view(), name="sector-facts"),
]
