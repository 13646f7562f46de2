"""The clinic's schedule in the database."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Table, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.booking.schedule import Schedule, SpecialDays
from bot.content.timetable import DAYS, Clinician, Room, Span, VisitType, Week
from bot.store.tables import (
    clinic,
    clinician,
    clinician_visit_type,
    room,
    room_visit_type,
    special_day,
    visit_type,
    weekly_hours,
)

_MINUTE = timedelta(minutes=1)
_DAY_OFF: Tuple[Tuple[Optional[time], Optional[time]], ...] = ((None, None),)
_VISIT_FIELDS = tuple(VisitType.__fields__)


class StoredSchedules:
    """The repository of the one schedule, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> int:
        """A number that rises with every change of the schedule; 0 before there is one."""
        return self._connection.execute(select(clinic.c.revision)).scalar_one_or_none() or 0

    def read(self) -> Schedule:
        """The schedule as it stands."""
        base = self._connection.execute(select(clinic)).one()
        weeks, visits = self._weeks(), self._rows(visit_type)
        gives = self._links(clinician_visit_type.c.clinician_id, clinician_visit_type.c.visit_type_id)
        needs = self._links(room_visit_type.c.room_id, room_visit_type.c.visit_type_id)
        types = {row.id: VisitType(**{name: row._mapping[name] for name in _VISIT_FIELDS}) for row in visits}
        staff = self._rows(clinician)
        people = {row.id: _clinician(row, gives[row.id], weeks) for row in staff}
        return Schedule(
            zone=ZoneInfo(base.timezone),
            lead=base.lead_minutes * _MINUTE,
            horizon=base.horizon_minutes * _MINUTE,
            notice=base.notice_minutes * _MINUTE,
            week=weeks[None],
            special_days=self._special_days(),
            visit_types=tuple(types[row.id] for row in visits if row.active),
            clinicians=tuple(people[row.id] for row in staff if row.active),
            rooms=tuple(
                Room(id=row.id, name=row.name, visit_types=needs[row.id])
                for row in self._rows(room)
                if row.active
            ),
            former_visit_types=tuple(types[row.id] for row in visits if not row.active),
            former_clinicians=tuple(people[row.id] for row in staff if not row.active),
        )

    def keep(self, schedule: Schedule) -> None:
        """Put this schedule in the place of the present one; who is not in it becomes a former one."""
        for table in (special_day, weekly_hours, room_visit_type):
            self._connection.execute(delete(table))
        self._keep_base(schedule)
        self._keep_all(visit_type, [one.dict() for one in schedule.visit_types])
        self._keep_all(room, [{"id": one.id, "name": one.name} for one in schedule.rooms])
        self._keep_all(
            clinician,
            [
                {"id": one.id, "name": one.name, "own_hours": one.hours is not None}
                for one in schedule.clinicians
            ],
        )
        self._keep_links(schedule)
        self._keep_hours(schedule)

    def _keep_base(self, schedule: Schedule) -> None:
        revision = self.revision()
        values = {
            "revision": revision + 1,
            "timezone": schedule.zone.key,
            "lead_minutes": schedule.lead // _MINUTE,
            "horizon_minutes": schedule.horizon // _MINUTE,
            "notice_minutes": schedule.notice // _MINUTE,
        }
        self._connection.execute(
            update(clinic).values(values) if revision else insert(clinic).values(id=1, **values)
        )

    def _keep_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        known = set(self._connection.execute(select(table.c.id)).scalars())
        self._connection.execute(update(table).values(active=False))
        for position, row in enumerate(rows):
            values = {**row, "position": position, "active": True}
            self._connection.execute(
                update(table).where(table.c.id == row["id"]).values(values)
                if row["id"] in known
                else insert(table).values(values)
            )

    def _keep_links(self, schedule: Schedule) -> None:
        current = [one.id for one in schedule.clinicians]
        gives = clinician_visit_type.c
        self._connection.execute(delete(clinician_visit_type).where(gives.clinician_id.in_(current)))
        self._insert(
            clinician_visit_type,
            [
                {"clinician_id": one.id, "visit_type_id": visit}
                for one in schedule.clinicians
                for visit in one.visit_types
            ],
        )
        self._insert(
            room_visit_type,
            [
                {"room_id": one.id, "visit_type_id": visit}
                for one in schedule.rooms
                for visit in one.visit_types
            ],
        )

    def _keep_hours(self, schedule: Schedule) -> None:
        weeks: Dict[Optional[str], Week] = {None: schedule.week}
        weeks.update({one.id: one.hours for one in schedule.clinicians if one.hours is not None})
        self._insert(
            weekly_hours,
            [
                {"clinician_id": id, "weekday": DAYS.index(day), "opens": opens, "closes": closes}
                for id, week in weeks.items()
                for day, spans in week.items()
                for opens, closes in spans
            ],
        )
        self._insert(
            special_day,
            [
                {"clinician_id": id, "day": day, "opens": opens, "closes": closes}
                for (id, day), spans in schedule.special_days.items()
                for opens, closes in spans or _DAY_OFF
            ],
        )

    def _insert(self, table: Table, rows: List[Dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _rows(self, table: Table) -> List[Row]:
        return list(self._connection.execute(select(table).order_by(table.c.position, table.c.id)))

    def _links(self, owner: Column[Any], visit: Column[Any]) -> Dict[str, List[str]]:
        """Ids of visit types by their owner, in the order of the visit types."""
        rows = self._connection.execute(
            select(owner, visit).join(visit_type, visit_type.c.id == visit).order_by(visit_type.c.position)
        )
        found: Dict[str, List[str]] = defaultdict(list)
        for owner_id, visit_id in rows:
            found[owner_id].append(visit_id)
        return found

    def _weeks(self) -> Dict[Optional[str], Week]:
        """Hours by clinician; None: the clinic's own."""
        weeks: Dict[Optional[str], Week] = defaultdict(dict)
        for row in self._connection.execute(select(weekly_hours).order_by(weekly_hours.c.id)):
            weeks[row.clinician_id].setdefault(DAYS[row.weekday], []).append((row.opens, row.closes))
        return weeks

    def _special_days(self) -> SpecialDays:
        found: Dict[Tuple[Optional[str], date], List[Span]] = defaultdict(list)
        for row in self._connection.execute(select(special_day).order_by(special_day.c.id)):
            spans = found[(row.clinician_id, row.day)]
            if row.opens is not None:
                spans.append((row.opens, row.closes))
        return dict(found)


def _clinician(row: Row, visit_types: List[str], weeks: Mapping[Optional[str], Week]) -> Clinician:
    # The hours were checked when the profile was read: they are not in its written form any more.
    hours = weeks.get(row.id, {}) if row.own_hours else None
    return Clinician.construct(id=row.id, name=row.name, visit_types=visit_types, hours=hours)
