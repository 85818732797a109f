"""Addresses of the villages below /api/v1/."""

from django.urls import path

from villages.api import board, lists, teams, units, views

urlpatterns = [
    path("villages/", views.VillageList.as_view(), name="villages"),
    path("villages/<uuid:village_id>/", views.VillageDetail.as_view(), name="village"),
    path("villages/<uuid:village_id>/years/", views.VillageYearView.as_view(), name="village-years"),
    path("units/", units.UnitList.as_view(), name="units"),
    path("units/<uuid:unit_id>/", units.UnitDetail.as_view(), name="unit"),
    path("work-teams/", teams.TeamList.as_view(), name="work-teams"),
    path("work-teams/<uuid:team_id>/", teams.TeamDetail.as_view(), name="work-team"),
    path("work-teams/<uuid:team_id>/end/", teams.TeamEnd.as_view(), name="work-team-end"),
    path("work-teams/<uuid:team_id>/members/", teams.TeamMemberEntry.as_view(), name="work-team-members"),
    path("work-teams/<uuid:team_id>/month/", teams.TeamMonthView.as_view(), name="work-team-month"),
    path("team-board/", board.BoardView.as_view(), name="team-board"),
    path("team-gaps/", board.GapView.as_view(), name="team-gaps"),
    path("team-members/", teams.MemberList.as_view(), name="team-members"),
    path("team-members/<uuid:member_id>/", teams.MemberDetail.as_view(), name="team-member"),
    path("team-members/<uuid:member_id>/posts/", teams.MemberPosts.as_view(), name="team-member-posts"),
    path("team-members/<uuid:member_id>/end/", teams.MemberEnd.as_view(), name="team-member-end"),
    path("team-members/<uuid:member_id>/absences/", teams.MemberAbsences.as_view(), name="team-member-absences"),
    path("team-absences/", teams.AbsenceList.as_view(), name="team-absences"),
    path("team-absences/<uuid:absence_id>/", teams.AbsenceDetail.as_view(), name="team-absence"),
    path("team-batches/", lists.BatchList.as_view(), name="team-batches"),
    path("team-batches/<uuid:team_batch_id>/", lists.BatchDetail.as_view(), name="team-batch"),
    path("team-tasks/", lists.TaskList.as_view(), name="team-tasks"),
    path("team-tasks/<uuid:task_id>/", lists.TaskDetail.as_view(), name="team-task"),
    path("village-contacts/", lists.ContactList.as_view(), name="village-contacts"),
    path("village-contacts/<uuid:contact_id>/end/", lists.ContactEnd.as_view(), name="village-contact-end"),
]
