"""Lines of descent: a zone and all it was merged from, however many steps ago."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiv.territory.models import PoliceZone, ZoneLineage
from kiv.territory.services import closure, rebuild_lineage
from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory

links = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


@given(links)
def test_the_closure_is_reachability(pairs):
    parents: dict[int, set[int]] = {}
    for child, parent in pairs:
        parents.setdefault(child, set()).add(parent)
    found = closure(range(8), parents)
    # Warshall's algorithm, as an independent answer.
    reach = {(n, n) for n in range(8)} | set(pairs)
    for middle in range(8):
        reach |= {(a, b) for a in range(8) for b in range(8) if (a, middle) in reach and (middle, b) in reach}
    assert found == reach


def stored_lineage():
    return set(ZoneLineage.objects.values_list("zone_id", "ancestor_id"))


@pytest.mark.django_db
def test_rebuilding_makes_the_table_the_closure_and_then_changes_nothing():
    oldest = ZoneFactory()
    middle = ZoneFactory(predecessors=[oldest])
    newest = ZoneFactory(predecessors=[middle])
    apart = ZoneFactory()
    expected = {
        (oldest.pk, oldest.pk),
        (middle.pk, middle.pk),
        (middle.pk, oldest.pk),
        (newest.pk, newest.pk),
        (newest.pk, middle.pk),
        (newest.pk, oldest.pk),
        (apart.pk, apart.pk),
    }
    assert stored_lineage() == expected
    assert rebuild_lineage() == (0, 0)
    middle.successors.clear()
    assert rebuild_lineage() == (0, 2)
    assert stored_lineage() == expected - {(newest.pk, middle.pk), (newest.pk, oldest.pk)}


@pytest.mark.django_db
def test_within_reaches_back_over_every_step_and_not_sideways():
    oldest, sibling = ZoneFactory(), ZoneFactory()
    middle = ZoneFactory(predecessors=[oldest])
    newest = ZoneFactory(predecessors=[middle, sibling])
    ZoneFactory()
    assert set(PoliceZone.objects.within(zone_ids=[newest.pk])) == {newest, middle, sibling, oldest}
    assert set(PoliceZone.objects.within(zone_ids=[middle.pk])) == {middle, oldest}
    assert set(PoliceZone.objects.within(zone_ids=[oldest.pk])) == {oldest}


@pytest.mark.django_db
def test_a_zone_split_over_two_successors_is_seen_by_both_and_once():
    split = ZoneFactory()
    first, second = ZoneFactory(predecessors=[split]), ZoneFactory(predecessors=[split])
    assert list(PoliceZone.objects.within(zone_ids=[first.pk, second.pk]).order_by("pk")) == [
        split,
        first,
        second,
    ]


@pytest.mark.django_db
def test_within_a_province_or_district_includes_their_former_zones():
    province, district = ProvinceFactory(), DistrictFactory()
    former = ZoneFactory()
    in_province = ZoneFactory(province=province, predecessors=[former])
    in_district = ZoneFactory(district=district)
    ZoneFactory(complete=True)
    assert set(PoliceZone.objects.within(province_ids=[province.pk])) == {in_province, former}
    assert set(PoliceZone.objects.within(district_ids=[district.pk])) == {in_district}
    both = PoliceZone.objects.within(province_ids=[province.pk], district_ids=[district.pk])
    assert set(both) == {in_province, former, in_district}


@pytest.mark.django_db
def test_nothing_asked_is_nothing_found():
    ZoneFactory(complete=True)
    assert list(PoliceZone.objects.within()) == []
