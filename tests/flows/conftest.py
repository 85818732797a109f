"""The sites that flow tests run on."""

from tests.support.county import county_site  # noqa: F401 a fixture is found by its name
