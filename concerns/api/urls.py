"""Addresses of requests and grievances below /api/v1/."""

from django.urls import URLPattern, path

from concerns.api import grievances, requests

_REQUEST = "help-requests/<uuid:help_request_id>/"
_GRIEVANCE = "grievances/<uuid:grievance_id>/"

urlpatterns: list[URLPattern] = [
    path("help-requests/", requests.RequestList.as_view(), name="help-requests"),
    path("help-requests/lines/", requests.RequestLines.as_view(), name="help-request-lines"),
    path(_REQUEST, requests.RequestDetail.as_view(), name="help-request"),
    path(f"{_REQUEST}take/", requests.RequestTaking.as_view(), name="help-request-take"),
    path(f"{_REQUEST}transfer/", requests.RequestTransferring.as_view(), name="help-request-transfer"),
    path(f"{_REQUEST}solve/", requests.RequestSolving.as_view(), name="help-request-solve"),
    path(f"{_REQUEST}confirm/", requests.RequestConfirming.as_view(), name="help-request-confirm"),
    path(f"{_REQUEST}reopen/", requests.RequestReopening.as_view(), name="help-request-reopen"),
    path(f"{_REQUEST}refuse/", requests.RequestRefusing.as_view(), name="help-request-refuse"),
    path(f"{_REQUEST}withdraw/", requests.RequestWithdrawing.as_view(), name="help-request-withdraw"),
    path(f"{_REQUEST}file/", requests.RequestFileView.as_view(), name="help-request-file"),
    path("help-request-board/", requests.RequestBoard.as_view(), name="help-request-board"),
    path("concern-periods/", requests.PeriodList.as_view(), name="concern-periods"),
    path("concern-periods/<uuid:period_id>/", requests.PeriodDetail.as_view(), name="concern-period"),
    path("grievances/", grievances.GrievanceList.as_view(), name="grievances"),
    path(_GRIEVANCE, grievances.GrievanceDetail.as_view(), name="grievance"),
    path(f"{_GRIEVANCE}acknowledge/", grievances.GrievanceAcknowledging.as_view(), name="grievance-acknowledge"),
    path(f"{_GRIEVANCE}answer/", grievances.GrievanceAnswering.as_view(), name="grievance-answer"),
    path(f"{_GRIEVANCE}reply/", grievances.GrievanceReplying.as_view(), name="grievance-reply"),
    path(f"{_GRIEVANCE}withdraw/", grievances.GrievanceWithdrawing.as_view(), name="grievance-withdraw"),
]
