"""What a county publishes of a month, against counts of the test's own."""

from registry.models import PublishedDivision
from registry.tenancy.context import Actor
from tests.oversight.ground import VILLAGES, county_of_villages, published


def figures_of(edition: object) -> dict[str, dict[str, dict[str, int] | None]]:
    return dict(PublishedDivision.objects.filter(edition=edition).values_list("code", "figures"))


def test_it_works(office: Actor) -> None:
    county_of_villages(office, {VILLAGES[0]: ["01"] * 6, VILLAGES[1]: ["02"] * 5, VILLAGES[2]: ["01"]})
    edition = published(office)
    f = figures_of(edition)
    for code, x in f.items():
        print(code, x)
    assert 0
