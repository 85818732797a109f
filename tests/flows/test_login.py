"""Logging in on the running site."""

import pytest

from tests.support.county import CountySite
from tests.support.web import Reader

pytestmark = pytest.mark.flow


def test_home_page_names_county_and_role_when_a_clerk_logs_in(county_site: CountySite) -> None:
    home = county_site.reader(county_site.office).get("/admin/")

    assert home.status == 200
    assert "示例县" in home.text


def test_login_is_refused_when_the_password_is_wrong(county_site: CountySite) -> None:
    reader = Reader(county_site.live.address)

    answer = reader.log_in(county_site.office.username, "wrong")

    assert "/login/" in answer.address
    assert "/login/" in reader.get("/admin/").address


def test_divisions_are_listed_when_a_program_asks_with_its_token(county_site: CountySite) -> None:
    answer = county_site.program().get("/api/v1/divisions/")

    assert answer.status == 200
    assert {row["code"][:6] for row in answer.json()["results"]} == {"549901"}


def test_programs_are_refused_with_a_problem_when_they_have_no_token(county_site: CountySite) -> None:
    answer = Reader(county_site.live.address).get("/api/v1/divisions/")

    assert (answer.status, answer.headers["Content-Type"]) == (401, "application/problem+json")
