"""Where changes are told, codes are told by their labels."""

from django.db.models import Field
from django.urls import get_resolver

from registry.admin.site import site

# Columns whose codes are no labels of a list: whose area, and a sentence that the page tells in another way.
OTHERWISE = {"scope_code", "outcome_code"}


def has_choices(field: "Field[object, object]") -> bool:
    return bool(getattr(field, "base_field", field).choices)


def test_every_code_has_its_list_when_the_changes_of_a_record_are_told() -> None:
    assert get_resolver().url_patterns  # the pages are loaded with the addresses

    bare = {
        f"{owner.__name__}.{field.name} on the page of {model.__name__}"
        for model, page in site._registry.items()
        if getattr(page, "has_history", False)
        for owner in (model, *page.history.models)
        for field in owner._meta.fields
        if field.name.endswith(("_code", "_codes")) and not has_choices(field)
        if field.name not in {*OTHERWISE, *page.history.codes, *page.history.divisions}
    }

    assert bare == set()
