"""What the villages of the county need: figures of need by village, without any person."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, Final

from django.db.models import Avg, Case, Count, DecimalField, F, Q, Value, When
from django.db.models.functions import Cast

from households.enums import AT_RISK, ON_REGISTER, HouseholdStatus
from households.models import Household, HouseholdYear, YearLine
from planning.optimum import way_km
from villages.models import FACILITIES, Village, VillageYear
from villages.queries.villages import teams_on, term_of

_SHARE: Final = DecimalField(max_digits=9, decimal_places=6)
NOT_LIFTED: Final = frozenset({HouseholdStatus.FILED, HouseholdStatus.RETURNED})


@dataclass(frozen=True, slots=True)
class VillageNeed:
    """The figures of one village: shares between 0 and 1 rounded to 0.001, None where nothing is known.

    `income`: the mean gap of the households on the register to the line of the year, as a share of it. `risk`: the
    share of those households that are not lifted or whose risk is not removed. `facilities`: the share of the ten
    facilities that is missing among those with an answer. `remoteness_km`: the way in a straight line from the middle
    (the medians of both degrees) of the county's villages. `team_*` is the work team that is there, `team_until` the
    first day after its term, empty where none is stated.
    """

    code: str
    name: str
    income: float | None
    risk: float | None
    facilities: float | None
    remoteness_km: int | None
    longitude: float | None
    latitude: float | None
    team_unit: str
    team_level: str
    team_uscc: str
    # Figures that were published before do not say it.
    team_until: str = ""

    def is_led_on(self, day: date) -> bool:
        """Tell whether the team that is there is still within its term on the day."""
        return bool(self.team_unit) and not (self.team_until and self.team_until <= day.isoformat())

    def to_json(self) -> dict[str, Any]:
        """Give the figures as plain values."""
        return asdict(self)


def village_needs(day: date) -> list[VillageNeed]:
    """Give the figures of each village in scope as they stand on the day; income of the last year that has a line."""
    incomes = _income_gaps(day.year)
    risks = _risk_shares()
    facilities = _missing_facilities(day.year)
    # Of several teams the one of the highest level tells who is there.
    teams = {team.village_id: team for team in teams_on(day).order_by("-unit__level_code")}
    villages = list(Village.objects.order_by("code"))
    remoteness = _remoteness(villages)
    needs = []
    for village in villages:
        team = teams.get(village.pk)
        needs.append(
            VillageNeed(
                code=village.code,
                name=village.name,
                income=incomes.get(village.pk),
                risk=risks.get(village.pk),
                facilities=facilities.get(village.pk),
                remoteness_km=remoteness.get(village.pk),
                longitude=_degrees(village.longitude),
                latitude=_degrees(village.latitude),
                team_unit=team.unit.name if team else "",
                team_level=team.unit.level_code if team else "",
                team_uscc=team.unit.uscc if team else "",
                team_until=_day(term_of(team)) if team else "",
            )
        )
    return needs


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _degrees(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _remoteness(villages: list[Village]) -> dict[Any, int]:
    places = {
        one.pk: (float(one.longitude), float(one.latitude))
        for one in villages
        if one.longitude is not None and one.latitude is not None
    }
    if not places:
        return {}
    middle = median(place[0] for place in places.values()), median(place[1] for place in places.values())
    return {village: round(way_km(place, middle)) for village, place in places.items()}


def _income_gaps(year: int) -> dict[Any, float]:
    """Give each village's mean gap to the line of the last year before `year` that has one; a surplus is no gap."""
    line = YearLine.objects.filter(year__lt=year).order_by("-year").first()
    amount = (line.monitoring_line_yuan or line.poverty_line_yuan) if line else None
    if line is None or not amount:
        return {}
    gap = Case(
        When(net_per_head_yuan__lt=amount, then=Cast(1 - F("net_per_head_yuan") / Value(amount), _SHARE)),
        default=Value(Decimal(0)),
        output_field=_SHARE,
    )
    rows = (
        HouseholdYear.objects.filter(year=line.year, net_per_head_yuan__isnull=False)
        .filter(household__status__in=ON_REGISTER)
        .values("household__village_id")
        .annotate(gap=Avg(gap))
    )
    return {row["household__village_id"]: min(round(float(row["gap"]), 3), 1.0) for row in rows}


def _risk_shares() -> dict[Any, float]:
    rows = (
        Household.objects.filter(status__in=ON_REGISTER)
        .values("village_id")
        .annotate(all=Count("id"), open=Count("id", filter=Q(status__in=NOT_LIFTED) | Q(monitoring_state__in=AT_RISK)))
    )
    return {row["village_id"]: round(row["open"] / row["all"], 3) for row in rows}


def _missing_facilities(year: int) -> dict[Any, float]:
    shares = {}
    latest = VillageYear.objects.filter(year__lte=year).order_by("village_id", "-year").distinct("village_id")
    for row in latest:
        answers = [getattr(row, name) for name in FACILITIES if getattr(row, name) is not None]
        if answers:
            shares[row.village_id] = round(answers.count(False) / len(answers), 3)
    return shares
