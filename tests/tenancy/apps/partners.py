"""Partners, benefit links and demonstration households."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from households.domain.income import IncomeDraft, LineDraft, record_income
from households.enums import HouseholdStatus
from households.models import Household, IncomeLine
from partners.domain.benefits import BenefitDraft, state_benefit
from partners.domain.demonstrations import mark_demonstration
from partners.domain.links import help_household
from partners.domain.partners import PartnerChanges, add_partner
from partners.models import BenefitLink, DemonstrationMark, Partner, PartnerLink
from registry.tenancy.context import Actor
from tests.factories.households import FIRST_DAY
from tests.tenancy.app_lists import AppLists, Ground, Written

WAGE: Final = {"item_code": "101", "benefit_code": "4", "source_kind": "post", "source_name": "trial"}
YAKS: Final = {"item_code": "202", "benefit_code": "2", "source_kind": "post", "source_name": "trial"}


def _earn(home: Household, year: int, actor: Actor) -> None:
    """Record a wage and yaks in a year of which nothing else is on file."""
    lines = tuple(LineDraft(item_code=code, amount_yuan=Decimal(3000)) for code in ("101", "202"))
    draft = IncomeDraft(
        household_id=home.pk,
        year=year,
        period_start=date(year, 1, 1),
        period_end=date(year + 1, 1, 1),
        person_count=2,
        lines=lines,
    )
    record_income([draft], actor=actor)


def write(ground: Ground) -> Written:
    """Enter a partner, and for each household a link with it, the source of a line, and a mark."""
    mark, actor = ground.mark, ground.actor
    # A township writes partners of its own place alone, and asks for those of another county as for none.
    place = f"{ground.household.scope_code[:9]}000"
    company = PartnerChanges(
        name=f"{mark}公司", kind_code="11", contact_name=f"{mark}联系人", phone="17900000003", division_code=place
    )
    partner = add_partner(company, on=FIRST_DAY, actor=actor)
    ids: dict[str, UUID] = {}
    for home in (ground.far, ground.household):
        _earn(home, 2018, actor)
        _earn(home, 2019, actor)
        link = help_household(partner.pk, home.pk, form_codes=["1"], on=FIRST_DAY, actor=actor)
        draft = BenefitDraft(item_code="101", benefit_code="4", source_kind="post", source_name=mark)
        benefit = state_benefit(home.pk, 2018, draft, actor=actor)
        demonstration = mark_demonstration(home.pk, year=2018, result=mark, on=FIRST_DAY, actor=actor)
        ids = {
            "partner_link_id": link.pk,
            "income_line_id": IncomeLine.objects.get(household=home, year=2018, item_code="202").pk,
            "benefit_id": benefit.pk,
            "demonstration_id": demonstration.pk,
        }
    objects = {
        "partners_partner": partner.pk,
        "partners_partnerlink": ids["partner_link_id"],
        "partners_benefitlink": ids["benefit_id"],
        "partners_demonstrationmark": ids["demonstration_id"],
    }
    unmarked = Household.objects.filter(scope_code=ground.household.scope_code).exclude(pk=ground.household.pk)
    plain = unmarked.exclude(status=HouseholdStatus.CLOSED).order_by("id")[0]
    _earn(plain, 2018, actor)
    return Written({"partner_id": partner.pk, "plain_id": plain.pk, **ids}, objects)


LISTS: Final = AppLists(
    pages={
        "admin:household-income-sources": "partners.view_benefits",
        "admin:household-income-carry": "partners.state_benefit",
        "admin:income-line-source": "partners.state_benefit",
        "admin:benefit-link-move": "partners.state_benefit",
        "admin:partner-figures": "partners.view",
    },
    with_history={"partners_partner"},
    models={
        "partners_partner": (
            "partners.view",
            "partners.manage",
            {
                "help-household": "partners.link",
                "help-village": "partners.link",
                "phone": "partners.reveal",
                "end": "partners.manage",
            },
        ),
        "partners_partnerlink": ("partners.view", "", {"end": "partners.link"}),
        "partners_benefitlink": ("partners.view", "", {"withdraw": "partners.state_benefit"}),
        "partners_demonstrationmark": (
            "partners.view",
            "partners.mark_demonstration",
            {"withdraw": "partners.mark_demonstration"},
        ),
    },
    api={
        "api:partners": {"GET": "partners.view", "POST": "partners.manage"},
        "api:partner": {"GET": "partners.view", "PATCH": "partners.manage"},
        "api:partner-end": {"POST": "partners.manage"},
        "api:partner-figures": {"GET": "partners.view"},
        "api:partner-links": {"GET": "partners.view", "POST": "partners.link"},
        "api:partner-link-end": {"POST": "partners.link"},
        "api:benefit-links": {"GET": "partners.view", "POST": "partners.state_benefit"},
        "api:benefit-link-editions": {"POST": "partners.state_benefit"},
        "api:benefit-link-withdrawal": {"POST": "partners.state_benefit"},
        "api:household-income-sources": {"GET": "partners.view_benefits"},
        "api:household-income-carry": {"POST": "partners.state_benefit"},
        "api:demonstrations": {"GET": "partners.view", "POST": "partners.mark_demonstration"},
        "api:demonstration-withdrawal": {"POST": "partners.mark_demonstration"},
    },
    write=write,
    bodies={
        ("api:partner", "PATCH"): {"contact_name": "trial"},
        ("api:partner-end", "POST"): {"on": "2021-03-01", "reason": "trial"},
        ("api:partner-links", "POST"): {
            "partner_id": "{partner_id}",
            "village_id": "{village_id}",
            "form_codes": ["1"],
            "on": "2021-03-01",
        },
        ("api:partner-link-end", "POST"): {"on": "2021-03-01", "reason": "trial"},
        ("api:benefit-links", "POST"): {"household_id": "{household_id}", "year": 2018, **YAKS},
        ("api:benefit-link-editions", "POST"): WAGE,
        ("api:household-income-carry", "POST"): {"year": 2019},
        ("api:demonstrations", "POST"): {
            "household_id": "{plain_id}",
            "year": 2018,
            "result": "trial",
            "on": "2021-03-01",
        },
        ("api:benefit-link-withdrawal", "POST"): {"reason": "trial"},
        ("api:demonstration-withdrawal", "POST"): {"reason": "trial"},
    },
    versioned={
        "partner_id": Partner,
        "partner_link_id": PartnerLink,
        "benefit_id": BenefitLink,
        "demonstration_id": DemonstrationMark,
    },
    more={("api:partners", "POST"): {"name": "trial", "kind_code": "12", "starts_on": "2021-03-01"}},
    # What `source_id` names lies in an app above; here it is refused like any id of something else.
    names={"source_id": "partner_id"},
    named={"partner_id": "partners_partner", "measure_id": "assistance_measure"},
    shared={"partners_partner"},
    # What was grown and from what source, as in the line of income that they name.
    stays={"partners_benefitlink.product", "partners_benefitlink.line_source"},
    of_households={"partner_link_id", "benefit_id", "demonstration_id"},
)
