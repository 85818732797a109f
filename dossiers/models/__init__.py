"""The tables of dossiers."""

from dossiers.models.case import MonitoringCase
from dossiers.models.dossier import Dossier, DossierStep
from dossiers.models.look import Look, LookForm, LookItem
from dossiers.models.papers import Application, Evidence, ExitCheck, Objection
from dossiers.models.session import ListSession, SessionEntry, SessionFile
from dossiers.models.sweep import SweepCampaign, SweepVillage
from dossiers.models.template import CountyProcedure, StepTemplate, TemplateStep

__all__ = [
    "Application",
    "CountyProcedure",
    "Dossier",
    "DossierStep",
    "Evidence",
    "ExitCheck",
    "ListSession",
    "Look",
    "LookForm",
    "LookItem",
    "MonitoringCase",
    "Objection",
    "SessionEntry",
    "SessionFile",
    "StepTemplate",
    "SweepCampaign",
    "SweepVillage",
    "TemplateStep",
]
