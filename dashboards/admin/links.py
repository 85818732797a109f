"""Where each figure leads."""

from urllib.parse import urlencode

from django.urls import reverse

from dashboards.definitions.figures import HOUSEHOLDS, FigureKind
from dashboards.queries.flows import FlowAsked
from dashboards.queries.waiting import WaitingKind
from registry.tenancy.context import Actor


def link_of(kind: FigureKind, division: str = "") -> str:
    """Give the address of the list behind a figure, of the whole area or of a division."""
    return address(kind.page, {**kind.query, **({kind.place: division} if division else {})})


def homes_link(division: str, **query: str) -> str:
    """Give the address of a list of households."""
    return address(HOUSEHOLDS, {**query, **({"division": division} if division else {})})


def flow_link(asked: FlowAsked) -> str:
    """Give the address of the postings behind a flow."""
    query = {"month": str(asked.month), "stock": str(asked.stock), "way": "came" if asked.came else "left"}
    query |= {"kind": str(asked.kind)} if asked.kind else {}
    query |= {"by": "persons"} if asked.by_persons else {}
    return address("dashboard-flow", query | ({"division": asked.division} if asked.division else {}))


def waiting_link(kind: WaitingKind, actor: Actor) -> str:
    """Give the address of a list that waits for the actor."""
    return address(kind.page, kind.asked(actor))


def address(page: str, query: dict[str, str]) -> str:
    """Give the address of a page of the site with its narrowing."""
    where = reverse(f"admin:{page}")
    return f"{where}?{urlencode(query)}" if query else where
