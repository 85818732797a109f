"""The oversight's part in the tests of tenancy."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import uuid4

from oversight.domain.looks import LookDraft, ask_for_look
from oversight.models import FindingCount, LookGrant
from registry.lib.periods import today
from tests.oversight.ground import reader
from tests.sampling.ground import picture
from tests.tenancy.app_lists import AppLists, Ground, Written

# Whom no test lets ask: what is granted to a reader is theirs to see, whatever county they come from.
READER: Final = "reader-of-both"


def write(ground: Ground) -> Written:
    """Ask for a look at the whole county, and count a finding of a village."""
    reader(name=READER)
    draft = LookDraft(READER, ground.actor.tenant_code, ground.mark, today(), today() + timedelta(days=30))
    grant = ask_for_look(draft, actor=replace(ground.actor, user_id=uuid4()))
    # No area, edition, or look that is open: what they show is for those above all counties (tests/oversight).
    ids = {"grant_id": grant.pk, "granted_id": uuid4(), "edition_id": uuid4(), "area_code": "650000000000"}
    snapshot = picture([ground.household], actor=ground.actor)
    village = ground.household.scope_code
    counted = FindingCount(
        scope_code=village, snapshot=snapshot, village_code=village, severity="warn", rule_code="H1", open_count=1
    )
    counted.save()
    return Written(ids, {"oversight_lookgrant": grant.pk, "oversight_findingcount": counted.pk})


_LOOK: Final = {
    "reader": READER,
    "area_code": "549901000000",
    "purpose": "trial",
    "starts_on": today().isoformat(),
    "ends_on": (today() + timedelta(days=3)).isoformat(),
}
LISTS: Final = AppLists(
    pages={
        "admin:oversight": "oversight.view",
        "admin:oversight-area": "oversight.view",
        "admin:oversight-file": "oversight.view",
        "admin:oversight-edition": "oversight.view",
        "admin:oversight-looks": "oversight.look",
        "admin:oversight-look": "oversight.look",
        "admin:oversight-look-household": "oversight.look",
    },
    models={
        "oversight_lookgrant": (
            "oversight.view_grants",
            "oversight.ask_look",
            {
                "give": "oversight.decide_look",
                "refuse": "oversight.decide_look",
                "withdraw": "oversight.withdraw_look",
            },
        ),
    },
    api={
        "api:oversight-periods": {"GET": "oversight.view"},
        "api:oversight-timeliness": {"GET": "oversight.view"},
        "api:oversight-home": {"GET": "oversight.view"},
        "api:oversight-area": {"GET": "oversight.view"},
        "api:oversight-trend": {"GET": "oversight.view"},
        "api:oversight-file": {"GET": "oversight.view"},
        "api:oversight-edition": {"GET": "oversight.view"},
        "api:oversight-looks": {"GET": "oversight.look"},
        "api:oversight-look-households": {"GET": "oversight.look"},
        "api:oversight-look-household": {"GET": "oversight.look"},
        "api:look-grants": {"GET": "oversight.view_grants", "POST": "oversight.ask_look"},
        "api:look-grant": {"GET": "oversight.view_grants"},
        "api:look-grant-give": {"POST": "oversight.decide_look"},
        "api:look-grant-refuse": {"POST": "oversight.decide_look"},
        "api:look-grant-withdraw": {"POST": "oversight.withdraw_look"},
    },
    write=write,
    bodies={
        ("api:look-grant-give", "POST"): {},
        ("api:look-grant-refuse", "POST"): {"reason": "trial"},
        ("api:look-grant-withdraw", "POST"): {"reason": "trial"},
    },
    more={("api:look-grants", "POST"): _LOOK},
    versioned={"grant_id": LookGrant},
    figures={"api:oversight-periods", "api:oversight-timeliness", "api:oversight-home", "api:oversight-looks"},
    above={"api:oversight-edition", "api:oversight-look-households", "api:oversight-look-household"},
    shared={"oversight_lookgrant"},
)
