"""Plans of helpers, and the load limits they keep."""

from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

from assistance.domain.helper import add_helper
from assistance.domain.loads import set_helper_load
from assistance.models import HelperLoad
from households.models import Household
from planning.domain.helper_parts import publish_helper_plan
from planning.domain.helper_plans import make_helper_plan, say_related
from planning.domain.helper_proposals import choose_by_hand, make_helper_proposal
from planning.models import HelperPart, HelperPlan, RelatedPair
from tests.factories.households import FIRST_DAY
from tests.tenancy.app_lists import AppLists, Ground, Written


def write(ground: Ground) -> Written:
    """Make a draft with a proposal and a related pair, and publish another plan by nobody who asks."""
    mark, actor = ground.mark, ground.actor
    load = set_helper_load(2020, rank_code="1", household_limit=5, source=mark, actor=actor)
    helper = add_helper({"name": f"{mark}帮扶", "kind_code": "5"}, actor=actor)
    draft = make_helper_plan({"title": f"{mark}结对", "starts_on": FIRST_DAY}, actor=actor)
    proposal = make_helper_proposal(draft.pk, 1, actor=actor)
    found: dict[str, UUID] = {}
    other = replace(actor, user_id=uuid4())
    published = make_helper_plan({"title": f"{mark}结对二", "starts_on": FIRST_DAY}, actor=other)
    chosen = make_helper_proposal(published.pk, 1, actor=other)
    for home in (ground.far, ground.household):
        say_related(draft.pk, home.number, actor=actor, helper_id=helper.pk)
        chosen = choose_by_hand(chosen.pk, home.pk, helper.pk, actor=other, reason=mark)
    publish_helper_plan(chosen.pk, actor=other, reason=mark)
    part = HelperPart.objects.get(plan=published, scope_code=_township(ground.household))
    pair = RelatedPair.objects.get(plan=draft, household=ground.household)
    found = {
        "assistance_helperload": load.pk,
        "planning_helperplan": draft.pk,
        "planning_helperproposal": proposal.pk,
        "planning_helperpart": part.pk,
        "planning_relatedpair": pair.pk,
    }
    ids = {
        "helper_load_id": load.pk,
        "helper_plan_id": draft.pk,
        "helper_proposal_id": proposal.pk,
        "helper_part_id": part.pk,
        "related_pair_id": pair.pk,
    }
    return Written(ids, found)


def _township(home: Household) -> str:
    code: str = home.scope_code
    return code[:9].ljust(len(code), "0")


_PLAN: Final = {"title": "trial", "starts_on": "2021-01-01"}
LISTS: Final = AppLists(
    pages={
        "admin:helper-proposal": "planning.view_helper_plans",
        "admin:helper-choice": "planning.plan_helpers",
        "admin:helper-related": "planning.say_related",
    },
    with_history={
        "assistance_helperload",
        "planning_helperplan",
        "planning_helperproposal",
        "planning_helperpart",
        "planning_relatedpair",
    },
    models={
        "assistance_helperload": ("assistance.view_coverage", "assistance.manage_loads", {}),
        "planning_helperplan": (
            "planning.view_helper_plans",
            "planning.plan_helpers",
            {
                "propose": "planning.plan_helpers",
                "withdraw": "planning.plan_helpers",
                "end": "planning.publish_helpers",
            },
        ),
        "planning_helperproposal": (
            "planning.view_helper_plans",
            "",
            {"publish": "planning.publish_helpers", "again": "planning.plan_helpers"},
        ),
        "planning_helperpart": (
            "planning.view_helper_parts",
            "",
            {"confirm": "planning.confirm_helpers", "decline": "planning.confirm_helpers"},
        ),
        "planning_relatedpair": ("planning.view_related", "", {"take-back": "planning.view_related"}),
    },
    api={
        "api:helper-loads": {"GET": "assistance.view_coverage", "POST": "assistance.manage_loads"},
        "api:helper-load": {"GET": "assistance.view_coverage", "PUT": "assistance.manage_loads"},
        "api:helper-plans": {"GET": "planning.view_helper_plans", "POST": "planning.plan_helpers"},
        "api:helper-plan": {"GET": "planning.view_helper_plans", "PUT": "planning.plan_helpers"},
        "api:helper-plan-withdraw": {"POST": "planning.plan_helpers"},
        "api:helper-plan-end": {"POST": "planning.publish_helpers"},
        "api:helper-plan-proposals": {"POST": "planning.plan_helpers"},
        "api:helper-plan-related": {"POST": "planning.say_related"},
        "api:helper-proposals": {"GET": "planning.view_helper_plans"},
        "api:helper-proposal": {"GET": "planning.view_helper_plans"},
        "api:helper-proposal-households": {"GET": "planning.view_helper_plans"},
        "api:helper-proposal-changes": {"POST": "planning.plan_helpers"},
        "api:helper-proposal-publish": {"POST": "planning.publish_helpers"},
        "api:helper-parts": {"GET": "planning.view_helper_parts"},
        "api:helper-part": {"GET": "planning.view_helper_parts"},
        "api:helper-part-confirm": {"POST": "planning.confirm_helpers"},
        "api:helper-part-decline": {"POST": "planning.confirm_helpers"},
        "api:related-pairs": {"GET": "planning.view_related"},
    },
    write=write,
    bodies={
        ("api:helper-load", "PUT"): {"household_limit": 6, "source": "trial"},
        ("api:helper-plan", "PUT"): _PLAN,
        ("api:helper-plan-withdraw", "POST"): {"reason": "trial"},
        ("api:helper-plan-end", "POST"): {"reason": "trial"},
        ("api:helper-plan-proposals", "POST"): {},
        ("api:helper-plan-related", "POST"): {"household_number": "{payee_number}", "helper_id": "{helper_id}"},
        ("api:helper-proposal-changes", "POST"): {
            "household_id": "{household_id}",
            "helper_id": None,
            "reason": "trial",
        },
        ("api:helper-proposal-publish", "POST"): {"reason": "trial"},
        ("api:helper-part-decline", "POST"): {"reason": "trial"},
    },
    versioned={"helper_load_id": HelperLoad, "helper_plan_id": HelperPlan, "helper_part_id": HelperPart},
    more={
        ("api:helper-plans", "POST"): _PLAN,
        ("api:helper-loads", "POST"): {"from_year": 2022, "household_limit": 5, "source": "trial"},
    },
    without_version={
        "api:helper-plan-proposals",
        "api:helper-plan-related",
        "api:helper-proposal-changes",
        "api:helper-proposal-publish",
    },
    again={"api:helper-plan-proposals", "api:helper-plan-related", "api:helper-part-confirm"},
    one_more={"api:helper-proposal-changes"},
    shared={"assistance_helperload", "planning_helperplan", "planning_helperproposal"},
    deletable={"planning_relatedpair"},
    of_households={"related_pair_id"},
)
