"""Addresses of dossiers below /api/v1/."""

from django.urls import path

from dossiers.api import cases, files, lists, looks, sweeps, views

urlpatterns = [
    path("dossiers/", views.DossierList.as_view(), name="dossiers"),
    path("dossiers/<uuid:dossier_id>/", views.DossierView.as_view(), name="dossier"),
    path("dossiers/<uuid:dossier_id>/steps/", views.StepView.as_view(), name="dossier-steps"),
    path("dossiers/<uuid:dossier_id>/evidence/", views.EvidenceView.as_view(), name="dossier-evidence"),
    path("dossiers/<uuid:dossier_id>/application/", views.ApplicationView.as_view(), name="dossier-application"),
    path("dossiers/<uuid:dossier_id>/consent/", views.ConsentView.as_view(), name="dossier-consent"),
    path(
        "dossiers/<uuid:dossier_id>/consent/withdraw/",
        views.ConsentWithdrawalView.as_view(),
        name="dossier-consent-withdraw",
    ),
    path("dossiers/<uuid:dossier_id>/exit-check/", views.ExitCheckView.as_view(), name="dossier-exit-check"),
    path("dossiers/<uuid:dossier_id>/objections/", views.ObjectionView.as_view(), name="dossier-objections"),
    path("dossiers/<uuid:dossier_id>/answers/", views.AnswerView.as_view(), name="dossier-answers"),
    path("dossiers/<uuid:dossier_id>/withdraw/", views.WithdrawView.as_view(), name="dossier-withdraw"),
    path("dossiers/<uuid:dossier_id>/refuse/", views.RefuseView.as_view(), name="dossier-refuse"),
    path("dossiers/<uuid:dossier_id>/finish/", views.FinishView.as_view(), name="dossier-finish"),
    path("dossier-sessions/", lists.SessionList.as_view(), name="dossier-sessions"),
    path("dossier-sessions/<uuid:session_id>/", lists.SessionView.as_view(), name="dossier-session"),
    path("dossier-sessions/<uuid:session_id>/take-out/", lists.TakeOutView.as_view(), name="dossier-session-take-out"),
    path("dossier-sessions/<uuid:session_id>/close/", lists.CloseView.as_view(), name="dossier-session-close"),
    path("dossier-sessions/<uuid:session_id>/files/", lists.SessionFilesView.as_view(), name="dossier-session-files"),
    path("dossier-session-files/<uuid:file_id>/file/", files.SessionFileView.as_view(), name="dossier-session-file"),
    path("dossier-sessions/<uuid:session_id>/cancel/", lists.CancelView.as_view(), name="dossier-session-cancel"),
    path("dossier-sessions/<uuid:session_id>/minutes/", files.MinutesView.as_view(), name="dossier-session-minutes"),
    path("dossier-sessions/<uuid:session_id>/printout/", files.PrintoutView.as_view(), name="dossier-session-printout"),
    path(
        "dossier-sessions/<uuid:session_id>/printout/file/",
        files.PrintoutFileView.as_view(),
        name="dossier-session-printout-file",
    ),
    path("dossier-evidence/<uuid:evidence_id>/file/", files.EvidenceFileView.as_view(), name="dossier-evidence-file"),
    path("county-procedure/", lists.ProcedureView.as_view(), name="county-procedure"),
    path("households/<uuid:household_id>/looks/", looks.LookListView.as_view(), name="household-looks"),
    path("look-forms/", looks.LookFormList.as_view(), name="look-forms"),
    path("look-forms/<uuid:form_id>/", looks.LookFormView.as_view(), name="look-form"),
    path("step-templates/", lists.TemplateList.as_view(), name="step-templates"),
    path("step-templates/shipped/", lists.ShippedTemplates.as_view(), name="step-templates-shipped"),
    path("step-templates/<uuid:template_id>/copy/", lists.TemplateCopying.as_view(), name="step-template-copy"),
    path(
        "step-templates/<uuid:template_id>/retire/", lists.TemplateRetirement.as_view(), name="step-template-retirement"
    ),
    path("step-templates/<uuid:template_id>/", lists.TemplateView.as_view(), name="step-template"),
    path("monitoring-cases/", cases.CaseList.as_view(), name="monitoring-cases"),
    path("monitoring-cases/<uuid:case_id>/", cases.CaseView.as_view(), name="monitoring-case"),
    path("monitoring-cases/<uuid:case_id>/confirm/", cases.ConfirmView.as_view(), name="monitoring-case-confirm"),
    path("monitoring-cases/<uuid:case_id>/drop/", cases.DropView.as_view(), name="monitoring-case-drop"),
    path("monitoring-cases/<uuid:case_id>/check/", cases.CheckView.as_view(), name="monitoring-case-check"),
    path("monitoring-cases/<uuid:case_id>/remove/", cases.RemoveView.as_view(), name="monitoring-case-remove"),
    path("monitoring-deadlines/", cases.DeadlineList.as_view(), name="monitoring-deadlines"),
    path("sweep-campaigns/", sweeps.CampaignList.as_view(), name="sweep-campaigns"),
    path("sweep-campaigns/<uuid:campaign_id>/", sweeps.CampaignView.as_view(), name="sweep-campaign"),
    path("sweep-campaigns/<uuid:campaign_id>/close/", sweeps.CloseCampaignView.as_view(), name="sweep-campaign-close"),
    path("sweep-villages/", sweeps.SweepVillageList.as_view(), name="sweep-villages"),
    path("sweep-villages/<uuid:sweep_village_id>/", sweeps.SweepVillageView.as_view(), name="sweep-village"),
]
