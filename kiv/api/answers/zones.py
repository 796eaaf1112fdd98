"""Police zones and the areas around them."""

from pydantic import Field

from kiv.api.answers.shared import Answer, Page, Text
from kiv.territory.models import Municipality, PoliceZone


class ZoneName(Answer):
    """Which zone is meant."""

    id: int = Field(description="Identifies the zone, for good.")
    code: str | None = Field(description="Its official code of four digits; null when that is not known.")
    name: Text = Field(description="Name; the common one where a language has no name of its own.")


class MunicipalityAnswer(Answer):
    """A municipality."""

    nis_code: str = Field(description="Its NIS code of five digits.")
    name: str = Field(description="Name.")


class Area(Answer):
    """A province or judicial district."""

    code: str = Field(description="Identifies the area.")
    name: Text = Field(description="Name.")


class ZoneLine(ZoneName):
    """A zone in a list."""

    province: Area | None = Field(description="Its province.")
    district: Area | None = Field(description="Its judicial district; null when that is not known.")
    languages: list[str] = Field(description="Its languages: nl, fr, de.")
    is_discontinued: bool = Field(description="Whether it no longer exists.")
    municipalities: list[MunicipalityAnswer] = Field(description="Its municipalities, by name.")


class ZonePage(Page):
    """A page of zones."""

    results: list[ZoneLine] = Field(description="Zones by name, those of today first.")


class ZoneAnswer(ZoneLine):
    """A zone with where it came from and went to."""

    predecessors: list[ZoneName] = Field(description="Zones that it was directly formed from.")
    successors: list[ZoneName] = Field(description="Zones that were formed from it.")


def zone_name(zone: PoliceZone) -> ZoneName:
    return ZoneName(**_name(zone))


def zone_line(zone: PoliceZone) -> ZoneLine:
    """Of a zone with its place at hand."""
    return ZoneLine(**_line(zone))


def zone_answer(zone: PoliceZone) -> ZoneAnswer:
    return ZoneAnswer(
        **_line(zone),
        predecessors=[zone_name(other) for other in zone.predecessors.all()],
        successors=[zone_name(other) for other in zone.successors.all()],
    )


def municipality_answer(municipality: Municipality | None) -> MunicipalityAnswer | None:
    return municipality and MunicipalityAnswer(nis_code=municipality.nis_code, name=municipality.name)


def _name(zone: PoliceZone) -> dict:
    return {"id": zone.pk, "code": zone.code or None, "name": Text.of(zone.names, zone.name)}


def _line(zone: PoliceZone) -> dict:
    return {
        **_name(zone),
        "province": _area(zone.province),
        "district": _area(zone.district),
        "languages": zone.languages,
        "is_discontinued": zone.is_discontinued,
        "municipalities": [municipality_answer(each) for each in zone.municipalities.all()],
    }


def _area(area) -> Area | None:
    return area and Area(code=area.code, name=Text.of(area.name))
