"""Addresses of the exchange below /api/v1/."""

from django.urls import path

from exchange.api import suspicions, views

urlpatterns = [
    path("import-batches/", views.ImportBatchList.as_view(), name="import-batches"),
    path("import-batches/template/", views.ImportTemplate.as_view(), name="import-template"),
    path("import-batches/<uuid:batch_id>/", views.ImportBatchDetail.as_view(), name="import-batch"),
    path("import-batches/<uuid:batch_id>/apply/", views.ImportBatchApply.as_view(), name="import-batch-apply"),
    path("import-batches/<uuid:batch_id>/reject/", views.ImportBatchReject.as_view(), name="import-batch-reject"),
    path(
        "import-batches/<uuid:batch_id>/refused-rows/",
        views.ImportBatchRefusedRows.as_view(),
        name="import-batch-refused-rows",
    ),
    path("suspicion-lists/", suspicions.SuspicionListList.as_view(), name="suspicion-lists"),
    path("suspicion-lists/<uuid:list_id>/lines/", suspicions.SuspicionListLines.as_view(), name="suspicion-list-lines"),
    path("suspicion-lines/<uuid:line_id>/match/", suspicions.SuspicionLineMatch.as_view(), name="suspicion-line-match"),
    path(
        "suspicion-lists/<uuid:list_id>/answers/",
        suspicions.SuspicionListAnswers.as_view(),
        name="suspicion-list-answers",
    ),
]
