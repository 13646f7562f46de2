"""Who gives which visit, where and when: the clinic's schedule as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import List, Mapping, Optional, Sequence, Tuple
from zoneinfo import ZoneInfo

from bot.content.profile import Profile
from bot.content.timetable import DAYS, Clinician, Room, Span, VisitType, Week
from bot.errors import UnknownVisitType

SpecialDays = Mapping[Tuple[Optional[str], date], Sequence[Span]]
"""Hours of single days, by clinician (None: the whole clinic) and day."""


@dataclass(frozen=True)
class Schedule:
    """The clinic as the desk knows it.

    `former_…` are no longer given or at work; appointments may still name them.
    """

    zone: ZoneInfo
    lead: timedelta
    horizon: timedelta
    notice: timedelta
    week: Week
    special_days: SpecialDays
    visit_types: Tuple[VisitType, ...]
    clinicians: Tuple[Clinician, ...]
    rooms: Tuple[Room, ...]
    former_visit_types: Tuple[VisitType, ...] = ()
    former_clinicians: Tuple[Clinician, ...] = ()

    @classmethod
    def of(cls, profile: Profile) -> Schedule:
        """The schedule that the clinic profile describes."""
        hours = profile.hours
        closed: SpecialDays = {(None, day): [] for day in hours.closed_days}
        return cls(
            zone=profile.zone,
            lead=timedelta(hours=profile.booking.lead_hours),
            horizon=timedelta(days=profile.booking.horizon_days),
            notice=timedelta(hours=profile.policies.cancellation_notice or 0),
            week=hours.weekly,
            special_days={**closed, **{(one.clinician, one.day): one.hours for one in hours.special_days}},
            visit_types=tuple(profile.visits.types),
            clinicians=tuple(profile.clinicians),
            rooms=tuple(profile.visits.rooms),
        )

    def visit_type(self, id: str) -> VisitType:
        """The visit type of this id, also a former one: no open time is ever found for that.

        Raises:
            UnknownVisitType: there never was one.
        """
        for visit in (*self.visit_types, *self.former_visit_types):
            if visit.id == id:
                return visit
        raise UnknownVisitType(id)

    def evaluation_for(self, ages: str) -> VisitType:
        """The evaluation for "adult" or "child"; every clinic has one."""
        return next(visit for visit in self.visit_types if visit.evaluation and visit.is_for(ages))

    def clinician(self, id: str) -> Clinician:
        """The clinician of this id, also a former one."""
        return next(one for one in (*self.clinicians, *self.former_clinicians) if one.id == id)

    def givers(self, visit: VisitType, clinician_id: Optional[str] = None) -> List[str]:
        """Ids of the clinicians who give this visit; only the one of `clinician_id`, if it is given."""
        ids = [one.id for one in self.clinicians if visit.id in one.visit_types]
        return [id for id in ids if clinician_id in (None, id)]

    def rooms_for(self, visit: VisitType) -> List[str]:
        """Ids of the rooms one of which this visit needs; empty when it needs none."""
        return [room.id for room in self.rooms if visit.id in room.visit_types]

    def hours_on(self, day: date, clinician_id: str) -> Sequence[Span]:
        """When a clinician works on a day.

        A day of their own comes first; a special day of the clinic then bounds their usual hours.
        """
        if (clinician_id, day) in self.special_days:
            return self.special_days[(clinician_id, day)]
        own, special = self.clinician(clinician_id).hours, self.special_days.get((None, day))
        usual = (self.week if own is None else own).get(DAYS[day.weekday()], [])
        if special is None:
            return usual
        return special if own is None else shared_hours(usual, special)


def shared_hours(first: Sequence[Span], second: Sequence[Span]) -> List[Span]:
    """The hours that lie in both."""
    pairs = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(opens, closes) for opens, closes in pairs if opens < closes]
