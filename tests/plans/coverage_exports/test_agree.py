"""Page, spreadsheet, CSV, JSON and a count straight from the database agree, for random countries."""

import pytest
from django.utils.translation import override

from plans.reports.coverage_csv import write_coverage_csv
from plans.reports.coverage_json import write_coverage_json
from plans.reports.coverage_xlsx import write_coverage_xlsx
from tests.factories.accounts import UserFactory
from tests.plans.coverage_exports import reading
from tests.plans.coverage_exports.country import Country, count_by_hand

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
def test_every_file_counts_what_the_database_holds(seed):
    country = Country(seed)
    province = country.provinces[0]
    zones = [zone for zone in country.zones if zone.province == province]
    user = UserFactory(coordinator_of=province)
    codes = [item.code for item in country.edition.items.order_by("position")]
    for basis in ("shared", "reviewed"):
        wanted = count_by_hand(country, zones, basis)
        paper = reading.paper_for(country, user=user, basis=basis)
        with override("en"):
            xlsx, text = write_coverage_xlsx(paper), write_coverage_csv(paper)
            data = write_coverage_json(paper)
            assert reading.count_page(paper.coverage) == wanted
            assert reading.count_xlsx_cells(xlsx, codes) == wanted
            assert reading.count_xlsx_counts(xlsx) == wanted
            assert reading.count_csv(text, codes) == wanted
        assert reading.count_json_cells(data, codes) == wanted
        assert reading.count_json_items(data) == wanted
