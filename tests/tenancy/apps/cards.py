"""Cards of households and villages."""

from tests.tenancy.app_lists import AppLists

_RIGHT = {"GET": "reports.view_cards", "POST": "reports.view_cards"}
_CARD = {"report": "household-file", "format": "xlsx"}
_LIST = {"report": "income-registers", "format": "xlsx"}
LISTS = AppLists(
    pages={"admin:household-cards": "reports.view_cards", "admin:village-cards": "reports.view_cards"},
    api={"api:household-cards": _RIGHT, "api:village-cards": _RIGHT},
    bodies={("api:household-cards", "POST"): _CARD, ("api:village-cards", "POST"): _LIST},
    figures=("api:household-cards", "api:village-cards"),
    without_version=("api:household-cards", "api:village-cards"),
    again=("api:household-cards", "api:village-cards"),
)
