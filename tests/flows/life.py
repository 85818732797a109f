"""The life of one household over six years, done through the site and REST, and what it should have made of the stocks.

Every deed says which stocks it changes from which day on; what the ledger says is compared with the sum of these lines.
"""

import base64
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.support.waiting import wait_for
from tests.support.web import Answer, Reader

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
MEETING = {"entitled_count": 30, "present_count": 25, "votes_for": 20, "votes_against": 3}
HOME, NEW_HOME, FAR_HOME = "549901100200", "549901100201", "549902100200"
OTHER_COUNTY = "549902000000"
BORN, MARRIED, DIED = date(2020, 2, 10), date(2020, 9, 1), date(2021, 3, 15)
LIFTED, IDENTIFIED, REMOVED, RETURNED = date(2021, 6, 1), date(2022, 1, 10), date(2022, 9, 1), date(2022, 11, 1)
SPLIT, MOVED, GONE = date(2023, 2, 1), date(2023, 8, 1), date(2024, 5, 1)
FIRST, LAST = date(2019, 3, 1), date(2025, 3, 1)
Figures = dict[tuple[str, str], tuple[int, int]]
_PATIENCE = 60


@dataclass(frozen=True)
class Flow:
    """Households and persons that one deed adds to a stock of a village, from a day on."""

    on: date
    stock: str
    village: str
    households: int
    persons: int


@dataclass
class Told:
    """What a deed should do, and the moment after which it is known."""

    deed: str
    flows: tuple[Flow, ...]
    known_at: datetime


@dataclass
class Life:
    """The people at work, the household, and what was done so far."""

    office: Reader
    clerk: Reader
    village: Reader
    neighbour: Reader
    helper_id: str
    told: list[Told] = field(default_factory=list)
    household_id: str = ""
    young_id: str = ""
    pairing_id: str = ""
    filed_on: date = FIRST

    def note(self, deed: str, *flows: Flow) -> None:
        self.told.append(Told(deed, flows, timezone.now()))

    def expected(self, day: date, *, deeds: int | None = None) -> Figures:
        """Add up what the first deeds, or all, should have made of the stocks of a day."""
        households: Counter[tuple[str, str]] = Counter()
        persons: Counter[tuple[str, str]] = Counter()
        for one in (flow for told in self.told[:deeds] for flow in told.flows if flow.on <= day):
            households[one.village, one.stock] += one.households
            persons[one.village, one.stock] += one.persons
        return {key: (households[key], persons[key]) for key in sorted(households) if households[key] or persons[key]}

    def do(self, what: str, body: dict[str, Any], *, household: str = "", method: str = "POST") -> Any:  # noqa: ANN401  (JSON)
        """Change the household by REST, from the version that is on file."""
        address = f"/api/v1/households/{household or self.household_id}/"
        version = self.office.get(address).json()["version"]
        return _done(self.office.send_json(method, f"{address}{what}", body, version=version))

    def push(self, verb: str, fields: dict[str, str]) -> None:
        """Change the household by a button of the site."""
        address = f"/admin/households/household/{self.household_id}/do/{verb}/"
        page = self.clerk.submit(self.clerk.get(address).form(having="version"), fields)
        assert page.address.endswith("/change/"), page.text

    def members(self) -> dict[str, str]:
        """Give who lives there now, by name."""
        rows = self.office.get("/api/v1/members/?limit=200").json()["results"]
        own = [row for row in rows if row["household_id"] == self.household_id and row["ends_on"] is None]
        return {row["person_name"]: row["person_id"] for row in own}


def _done(answer: Answer) -> Any:  # noqa: ANN401  (JSON)
    assert answer.status in {200, 201}, answer.text
    return answer.json()


def _day(day: date) -> str:
    return day.isoformat()


def live(life: Life) -> None:
    """Do it all, in the order in which it happened."""
    for chapter in (_register, _file, _pair, _grow, _bury, _leave_poverty, _fall_again, _part, _depart):
        chapter(life)


def _register(life: Life) -> None:
    members = [
        {"name": "示例老人", "relation_code": "01", "sex_code": "1", "document_number": "549901195501010014"},
        {"name": "示例老伴", "relation_code": "02", "sex_code": "2", "document_number": "549901195701010027"},
        {"name": "示例儿子", "relation_code": "03", "sex_code": "1", "document_number": "549901199001010037"},
    ]
    household = {
        "number": "54990100009001", "village_code": HOME, "status": "candidate", "main_cause_code": "01",
        "members": [{**one, "document_number": _checked(one["document_number"])} for one in members],
    }  # fmt: skip
    body = {"on": _day(FIRST), "households": [household]}
    life.household_id = _done(life.office.post_json("/api/v1/households/", body))["ids"][0]
    life.note("register")


def _checked(number: str) -> str:
    from registry.lib.idcard import check_character  # noqa: PLC0415  (beside its only use)

    return number[:17] + check_character(number[:17])


def _file(life: Life) -> None:
    """Take the identification through its steps: the village begins it, the office decides."""
    opening = {"household_id": life.household_id, "template_key": "identify-short", "on": _day(FIRST)}
    dossier = _done(life.village.post_json("/api/v1/dossiers/", opening))
    address = f"/api/v1/dossiers/{dossier['id']}/"
    template = next(
        row
        for row in life.office.get("/api/v1/step-templates/?limit=200").json()["results"]
        if row["key"] == "identify-short" and row["is_current"]
    )
    steps = life.office.get(f"/api/v1/step-templates/{template['id']}/").json()["steps"]
    day = FIRST
    for position, step in enumerate(steps, start=1):
        for code in step["evidence_codes"]:
            paper = {"name": "page.pdf", "content": base64.b64encode(PDF).decode(), "kind_code": code, "on": _day(day)}
            _dossier(life, address, "evidence", paper)
        if step["form"] == "application":
            _dossier(life, address, "application", {"applied_on": _day(day), "consent_sectors": ["01"]})
        ends = day + timedelta(days=step["minimum_days"] or 0)
        facts = {"position": position, "starts_on": _day(day), "ends_on": _day(ends)}
        _dossier(life, address, "steps", facts | (MEETING if step["form"] == "meeting" else {}))
        day = ends
    _dossier(life, address, "finish", {"reason": "县级公告"})
    life.filed_on = day
    life.note("file", Flow(day, "not_lifted", HOME, 1, 3))


def _dossier(life: Life, address: str, what: str, body: dict[str, Any]) -> None:
    version = life.office.get(address).json()["version"]
    _done(life.office.send_json("POST", f"{address}{what}/", body, version=version))


def _pair(life: Life) -> None:
    body = {"household_id": life.household_id, "helper_id": life.helper_id, "on": _day(life.filed_on)}
    life.pairing_id = _done(life.office.post_json("/api/v1/pairings/", body))["id"]
    life.note("pair")


def _visit(life: Life, year: int, yuan: str) -> None:
    """Visit before the year's end, and write down the income."""
    line = {"item_code": "109", "amount_yuan": yuan}
    body = {
        "year": year, "visited_on": f"{year}-11-20", "source": "入户核对", "period_start": f"{year - 1}-10-01",
        "period_end": f"{year}-10-01", "lines": [line], "person_count": len(life.members()),
    }  # fmt: skip
    life.do("visits/", body)
    life.note(f"visit of {year}")


def _grow(life: Life) -> None:
    _visit(life, 2019, "12000")
    child = {"name": "示例孙子", "relation_code": "07", "sex_code": "1"}
    life.do("members/", {"on": _day(BORN), "reason_code": "11", "person": child})
    life.note("birth", Flow(BORN, "not_lifted", HOME, 0, 1))
    number = _checked("549901199105050020")
    wife = {"name": "示例儿媳", "relation_code": "05", "sex_code": "2", "document_number": number}
    life.do("members/", {"on": _day(MARRIED), "reason_code": "12", "person": wife})
    life.note("marriage", Flow(MARRIED, "not_lifted", HOME, 0, 1))
    _visit(life, 2020, "21000")


def _bury(life: Life) -> None:
    """Let the son be head after his father, on the site, and end the father's stay."""
    people = life.members()
    head = {"person_id": people["示例儿子"], "former_head_relation": "11", "on": _day(DIED), "reason": "原户主去世"}
    life.do("head/", head)
    life.note("change of head")
    life.do(f"members/{people['示例老人']}/end/", {"on": _day(DIED), "reason_code": "21"})
    life.note("death", Flow(DIED, "not_lifted", HOME, 0, -1))


def _leave_poverty(life: Life) -> None:
    life.push("lift", {"on": _day(LIFTED), "reason": "县级公告退出"})
    life.note("lift", Flow(LIFTED, "not_lifted", HOME, -1, -4), Flow(LIFTED, "lifted", HOME, 1, 4))
    _visit(life, 2021, "30000")
    life.push("identify", {"on": _day(IDENTIFIED), "code": "1", "reason": "因病"})
    life.note("identify", Flow(IDENTIFIED, "monitored", HOME, 1, 4))
    life.do("monitoring/", {"transition": "remove_risk", "code": "1", "on": _day(REMOVED), "reason": "风险消除"})
    life.note("remove the risk", Flow(REMOVED, "monitored", HOME, -1, -4))


def _fall_again(life: Life) -> None:
    life.do("status/", {"transition": "return", "on": _day(RETURNED), "reason": "返贫"})
    life.note("return", Flow(RETURNED, "lifted", HOME, -1, -4), Flow(RETURNED, "not_lifted", HOME, 1, 4))
    _visit(life, 2022, "9000")


def _part(life: Life) -> None:
    """Let the mother found a household of her own, and the young ones move."""
    people = life.members()
    parting = {
        "number": "54990100009002", "on": _day(SPLIT), "reason": "分户",
        "members": [{"person_id": people["示例老伴"], "relation_code": "01"}],
    }  # fmt: skip
    life.young_id = life.do("split/", parting)["id"]
    life.note("split", Flow(SPLIT, "not_lifted", HOME, 1, 0))
    life.do("village/", {"village_code": NEW_HOME, "on": _day(MOVED), "reason": "搬迁"})
    life.note("move", Flow(MOVED, "not_lifted", HOME, -1, -3), Flow(MOVED, "not_lifted", NEW_HOME, 1, 3))
    _visit(life, 2023, "15000")


def _depart(life: Life) -> None:
    """Offer the mother's household to the other county, which accepts it; the worker carries the letters."""
    offer = {"on": _day(GONE), "reason": "投靠亲属", "county_code": OTHER_COUNTY}
    life.do("offer/", offer, household=life.young_id)
    arriving = wait_for(lambda: _first(life.neighbour, "offered"), what="the offer", seconds=_PATIENCE)
    answer = {"reason": "同意接收", "village_code": FAR_HOME}
    address = f"/api/v1/transfers/{arriving['id']}/accept/"
    _done(life.neighbour.send_json("POST", address, answer, version=arriving["version"]))
    wait_for(lambda: _first(life.neighbour, "done"), what="the transfer", seconds=_PATIENCE)
    life.note("transfer", Flow(GONE, "not_lifted", HOME, -1, -1), Flow(GONE, "not_lifted", FAR_HOME, 1, 1))


def _first(reader: Reader, state: str) -> dict[str, Any] | None:
    rows: list[dict[str, Any]] = reader.get("/api/v1/transfers/").json()["results"]
    return next((row for row in rows if row["state"] == state), None)
