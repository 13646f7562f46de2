"""The clinic profile: everything that is the clinic's own, from `data/clinic.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Mapping
from zoneinfo import ZoneInfo

from pydantic import Field, validator

from bot.content.facts import (
    Access,
    Clinic,
    Contact,
    Equipment,
    Insurance,
    Location,
    Policies,
    Prices,
    Privacy,
    Sentence,
    Services,
    Staff,
)
from bot.content.spoken import spoken_week, spoken_zone
from bot.content.timetable import DAYS, Booking, Clinician, Hours, Visits, refuse_twins, refuse_unknown
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "clinic.yml"


class Profile(Strict):
    """The whole profile."""

    clinic: Clinic
    contact: Contact
    hours: Hours
    location: Location
    access: Access
    booking: Booking
    visits: Visits
    clinicians: List[Clinician] = Field(..., min_items=1)
    prices: Prices
    insurance: Insurance
    policies: Policies
    services: Services
    staff: Staff
    equipment: Equipment
    privacy: Privacy

    @validator("clinicians", each_item=True)
    def _gives_known_visits(cls, clinician: Clinician, values: Mapping[str, Any]) -> Clinician:
        known = {visit.id for visit in values["visits"].types} if "visits" in values else set()
        refuse_unknown(clinician.id, clinician.visit_types, known, "visit type")
        return clinician

    @validator("clinicians")
    def _are_known(cls, clinicians: List[Clinician], values: Mapping[str, Any]) -> List[Clinician]:
        refuse_twins(clinicians)
        if "hours" in values:
            named = [one.clinician for one in values["hours"].special_days if one.clinician]
            refuse_unknown("hours.special_days", named, {one.id for one in clinicians}, "clinician")
        return clinicians

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.clinic.timezone)

    def fields(self) -> Dict[str, str]:
        """Every known fact as words, by `section.field`; what the clinic left out is absent."""
        words = {
            f"{section}.{name}": str(value)
            for section, part in self
            if isinstance(part, Strict)
            for name, value in part
            if isinstance(value, (str, int))
        }
        minutes = sorted({visit.minutes for visit in self.visits.types if visit.evaluation})
        words["visits.evaluation_minutes"] = " to ".join(
            str(end) for end in dict.fromkeys((minutes[0], minutes[-1]))
        )
        words["clinic.timezone"] = spoken_zone(self.clinic.timezone)
        words["hours.weekly"] = spoken_week(self.hours.weekly, DAYS)
        words["hours.weekend"] = spoken_week(self.hours.weekly, DAYS[5:])
        return words


_DERIVED = frozenset(("hours.weekly", "hours.weekend", "visits.evaluation_minutes"))
_WRITTEN = {
    f"{section}.{name}": field
    for section, part in Profile.__fields__.items()
    if isinstance(part.outer_type_, type) and issubclass(part.outer_type_, Strict)
    for name, field in part.type_.__fields__.items()
    if isinstance(field.outer_type_, type) and issubclass(field.outer_type_, (str, int))
}

FIELDS = frozenset(_WRITTEN) | _DERIVED
"""Every field name an answer may use in braces."""

ALWAYS_KNOWN = frozenset(name for name, field in _WRITTEN.items() if not field.allow_none) | _DERIVED
"""Those that no clinic can leave out."""

SENTENCES = frozenset(name for name, field in _WRITTEN.items() if field.outer_type_ is Sentence)
"""Those that are whole sentences, and stand by themselves in an answer."""


def read_profile(path: Path = PATH) -> Profile:
    """The clinic profile.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, Profile, read_yaml(path))
