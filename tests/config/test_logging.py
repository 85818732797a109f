"""The log names what happened and where, and repeats nothing that a person typed or that a row holds."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.test import Client

from config.logging import logging_settings

NUMBER = "549901199001011234"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of a program would hold, from here to the end of the test."""
    stream = io.StringIO()
    made = logging_settings("INFO")
    logging.config.dictConfig(made | {"handlers": {"stderr": made["handlers"]["stderr"] | {"stream": stream}}})
    yield stream
    logging.config.dictConfig(made)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/api/v1/{NUMBER}/", f"/{NUMBER}/", f"/admin/{NUMBER}/?q={NUMBER}"])
def test_log_does_not_repeat_the_address_when_there_is_no_such_page(
    client: Client, written: io.StringIO, address: str
) -> None:
    answer = client.get(address)

    assert answer.status_code in {302, 404}
    assert NUMBER not in written.getvalue()


def test_log_does_not_repeat_the_host_when_it_is_none_of_ours(client: Client, written: io.StringIO) -> None:
    answer = client.get("/admin/login/", headers={"host": f"evil<{NUMBER}>"})

    assert answer.status_code == 400
    assert written.getvalue() == ""


def test_log_names_the_kinds_and_places_of_an_error_when_its_text_holds_a_value(written: io.StringIO) -> None:
    try:
        int(NUMBER + "x")
    except ValueError:
        logging.getLogger("registry.test").exception("broke_off")

    line = json.loads(written.getvalue())
    assert (line["event"], line["error"]) == ("broke_off", ["ValueError"])
    assert line["where"][-1].startswith("test_logging.py:")
    assert NUMBER not in written.getvalue()
