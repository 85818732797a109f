"""Pictures of the register as of a day."""

from datetime import date
from typing import Final

from periods.domain.questions import ask_picture
from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage
from tests.tenancy.app_lists import AppLists, Ground, Written

DAY: Final = date(2021, 1, 31)


def write(ground: Ground) -> Written:
    """Ask for a picture of each of the two townships; the rows that are looked for are those of the second."""
    actor = ground.actor
    ask_picture(DAY, known_at=None, area_code=f"{ground.far.scope_code[:9]}000", actor=actor)
    picture = ask_picture(DAY, known_at=None, area_code=f"{ground.household.scope_code[:9]}000", actor=actor)
    return Written({"snapshot_id": picture.pk})


LISTS: Final = AppLists(
    pages={
        "admin:pictures": "periods.ask_picture",
        "admin:picture": "periods.ask_picture",
        "admin:picture-verify": "periods.verify",
    },
    api={
        "api:pictures": {"GET": "periods.ask_picture", "POST": "periods.ask_picture"},
        "api:picture": {"GET": "periods.ask_picture"},
        "api:picture-verify": {"POST": "periods.verify"},
    },
    write=write,
    named={"snapshot_id": "periods_snapshot"},
    bodies={("api:picture-verify", "POST"): {}},
    more={("api:pictures", "POST"): {"as_of": "2021-01-31", "area_code": "549901100000"}},
    without_version={"api:picture-verify"},
    again={"api:picture-verify"},
    one_more={"api:pictures"},
    shared={"periods_snapshot"},
    deletable={model._meta.db_table for model in (FrozenHousehold, FrozenPerson, FrozenVillage)} | {"periods_snapshot"},
)
