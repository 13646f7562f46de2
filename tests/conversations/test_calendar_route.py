"""The calendar file of a booked visit can be fetched by its link, and by nothing else."""

import re

import requests
from icalendar import Calendar

from bot.bootstrap import build_services
from tests.support.talk import new_address


def test_a_booked_visit_is_fetched_by_its_link(assistant):
    talk = assistant.talk()
    for words in ("book an evaluation for me", "the first one", "Ana Lopez", new_address(), "nothing", "no"):
        talk.says(words)
    reference = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", talk.says("yes").text).group()
    path = build_services(assistant.settings).calendar_links.path(assistant.appointment(reference))

    answer = requests.get(f"{assistant.url}{path}", timeout=30)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"] == f"{reference}@handrail"

    forged = path[:-15] + ("x" if path[-15] != "x" else "y") + path[-14:]
    for wrong in (forged, path.removesuffix(".ics"), "/chat/appointments/x.ics"):
        refused = requests.get(f"{assistant.url}{wrong}", timeout=30)
        assert refused.status_code == 404
        assert refused.json()["error"]["code"] == "not_found"
