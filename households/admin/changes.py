"""Buttons and forms of what parts and joins households: split and merger."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from households.admin.forms import EffectiveForm, offer_villages
from households.domain.merge import merge_households
from households.domain.split import NewHousehold, split_household
from households.enums import HEAD_RELATION, HouseholdStatus, TieKind
from households.models import Household, HouseholdTie
from households.queries.finding import household_with_number
from households.queries.history import present_members
from registry.admin.base import TenantTabularInline
from registry.admin.forms import dress
from registry.admin.verbs import Verb
from registry.domain.codes import code_list
from registry.lib.errors import NotFound
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.admin.fields import code_field
from villages.models import Village

_MEMBER: Final = "member_"


class TieInline(TenantTabularInline):
    """Where the household came from and where it went."""

    model = HouseholdTie
    view_action = "households.view"
    fields = ("kind", "other_number", "other_county", "effective_on")

    @admin.display(description=_("other county"))
    def other_county(self, tie: HouseholdTie) -> str:
        """Name the county; none where both households are of this one."""
        return county_name(tie) or str(self.get_empty_value_display())


def county_name(tie: HouseholdTie) -> str:
    """Give the name of the other household's county, empty where it is this one."""
    code = tie.other_county_code
    return division_names([code]).get(code, code) if code else ""


def where_it_went(household: Household) -> str:
    """Say in one line where a closed household is now, for whoever looks its old number up; empty where nowhere."""
    kinds = (TieKind.WENT_TO, TieKind.MERGED_INTO)
    tie = HouseholdTie.objects.filter(household=household, kind__in=kinds).order_by("-effective_on", "-id").first()
    if tie is None:
        return ""
    told = (TieKind(tie.kind).label, tie.other_number, county_name(tie), tie.effective_on.isoformat())
    return " · ".join(str(text) for text in told if text)


class MembersForm(EffectiveForm):
    """A form with one field for each member: what the person is to the head of the other household."""

    empty_choice: Any = ""
    may_be_head = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.members: list[tuple[UUID, str, bool]] = (kwargs.get("initial") or {}).get("members", [])
        super().__init__(*args, **kwargs)

    def add_member_fields(self, *, required: bool) -> None:
        """Add the fields; the codes of the list are read when the form is shown."""
        relations = code_list("relation")
        codes = [code for code in relations.entries if self.may_be_head or code != HEAD_RELATION]
        choices = [("", self.empty_choice), *((code, relations.label_of(code)) for code in codes)]
        for person_id, name, _is_head in self.members:
            self.fields[f"{_MEMBER}{person_id}"] = forms.ChoiceField(label=name, choices=choices, required=required)
        dress(self)


class SplitForm(MembersForm):
    """The members who go, with their relation to the new head, and what is stated of the new household."""

    number = forms.CharField(label=_("Number of the new household"), max_length=32)
    village = forms.ModelChoiceField(label=_("Village"), queryset=Village.objects.none(), required=False)
    group_name = forms.CharField(label=_("natural village or group"), max_length=60, required=False)
    main_cause_code = code_field("poverty_cause", _("Main cause of poverty"))
    empty_choice = _("stays")
    may_be_head = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_villages(self.fields["village"])
        self.members = [member for member in self.members if not member[2]]
        self.add_member_fields(required=False)


class MergeForm(MembersForm):
    """The household in which this one ends, and what each member is to its head."""

    into_number = forms.CharField(label=_("Number of the household in which this one ends"), max_length=32)
    empty_choice = "–"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_member_fields(required=True)


def relations_in(values: dict[str, Any]) -> dict[UUID, str]:
    """Take the relations of those for whom one was chosen out of a form's values."""
    names = [name for name in values if name.startswith(_MEMBER)]
    chosen = {UUID(name.removeprefix(_MEMBER)): values.pop(name) for name in names}
    return {person: code for person, code in chosen.items() if code}


def members_of(household: Household) -> dict[str, Any]:
    """Give what the forms are made of: the present members, the head last."""
    rows = present_members(household).select_related("person").order_by("-relation_code", "id")
    return {"members": [(row.person_id, row.person.name, row.is_head) for row in rows]}


def _split(household: Household, values: dict[str, Any], actor: Actor) -> Household:
    effective = {name: values.pop(name) for name in ("on", "reason", "version")}
    relations, village = relations_in(values), values.pop("village")
    new = NewHousehold(relations=relations, village_code=village.code if village else "", **values)
    return split_household(household.pk, new, actor=actor, **effective)


def _merge(household: Household, values: dict[str, Any], actor: Actor) -> Household:
    relations, number = relations_in(values), values.pop("into_number")
    into = household_with_number(number, actor=actor)
    if into is None:
        message = _("There is no household with this number in your area. Check the number.")
        raise NotFound("household.not_found", message, field="into_number")
    return merge_households(household.pk, into, relations, actor=actor, **values)


def _is_open(household: Household) -> bool:
    return household.status != HouseholdStatus.CLOSED


CHANGE_VERBS: Final = (
    Verb(
        "split",
        _("Split the household"),
        "households.split",
        run=_split,
        form=SplitForm,
        offered=_is_open,
        initial=members_of,
        icon="call_split",
        intro=_("Choose what each member who goes is to the new head, and 户主 for the new head; the others stay."),
    ),
    Verb(
        "merge",
        _("Merge into another household"),
        "households.merge",
        run=_merge,
        form=MergeForm,
        offered=_is_open,
        initial=members_of,
        icon="call_merge",
        danger=True,
        intro=_("This household is closed, and its members live on in the other one."),
    ),
)
