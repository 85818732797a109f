"""Migrating with single models drawn anew gives the same tables as Django's own way."""

import json
import os

import pytest

from tests.support.database import clone, drop, run_python


@pytest.mark.slow
def test_tables_are_the_same_when_only_changed_models_are_drawn(django_test_environment: None) -> None:
    database = clone(f"drawing_{os.getpid()}")
    try:
        plain, alone = (
            json.loads(run_python("-m", "tests.support.drawing", *way, database=database)) for way in ((), ("alone",))
        )
    finally:
        drop(database)

    assert alone == plain
    assert plain["noted"] == [[["a", 2, None, "x"]], [1]]
    assert ["sample_person", "home_id", "bigint", "YES"] in plain["found"]
    assert "home_id" not in {column for _, column, *_ in plain["back"]}
