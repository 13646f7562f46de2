"""Two small guides and one activity of the tests' own."""

from __future__ import annotations

from typing import Any, Dict

from bot.content.activities import Activity
from bot.content.equipment_words import EquipmentWords
from bot.content.guides import Guide
from bot.guides.advisor import Advisor
from bot.guides.cards import Cards
from bot.guides.devices import Devices
from bot.guides.talk import GuideTalk

SOURCES = [
    {"key": "s1", "title": "A leaflet", "url": "https://example.org/a", "grade": "A", "read_on": "2026-11-21"}
]


def walkthrough(id: str, title: str, asked_as: list[str], **more: Any) -> Dict[str, Any]:
    """Five steps: the fourth is the helper's."""
    steps = [{"who": "person", "do": f"{title}, part {number}."} for number in range(1, 6)]
    steps[3] = {"who": "caregiver", "do": "Hold the belt."}
    shape = {"id": id, "title": title, "asked_as": asked_as, "steps": steps, "support": "sourced"}
    return {**shape, "sources": ["s1"], **more}


SCOOTER = Guide.parse_obj(
    {
        "id": "scooter",
        "name": "scooter",
        "names": ["rolling stand", "stand"],
        "told_apart": [{"id": "perch", "how": "A perch has no wheels."}],
        "what_for": "It rolls you along.",
        "who_fits": "A therapist sets it.",
        "before_you_start": [{"text": "Ask first if you get dizzy."}],
        "fit": [
            {"what": "height", "text": "The grip is at 30 inches.", "sources": ["s1"], "picture": "grip"}
        ],
        "check": [{"text": "The tires are firm."}],
        "walkthroughs": [
            walkthrough("ride", "Ride it", ["ride", "go along"], helper="One helper walks beside you."),
            walkthrough("park", "Park it", ["park", "up a ramp"], after="Take the key."),
        ],
        "never": [{"text": "Never lock the brake while it rolls."}],
        "stop_if": [
            {"sign": "A wheel squeaks.", "do": "Oil it.", "call": ["supplier"]},
            {"sign": "You faint.", "do": "Lie down.", "call": ["emergency"]},
        ],
        "caregiver_tips": [{"text": "Walk on the weaker side."}],
        "care": {"clean": [{"text": "Wipe the seat."}], "inspect": [{"text": "Look at the tires."}]},
        "sources": SOURCES,
    }
)
PERCH = Guide.parse_obj(
    {
        "id": "perch",
        "name": "perch",
        "names": ["high stool"],
        "what_for": "You half sit on it.",
        "who_fits": "A therapist sets it.",
        "hands_on_first": "A therapist must show you first.",
        "walkthroughs": [walkthrough("sit", "Sit on it", ["sit"])],
        "never": [{"text": "Never stand on it."}],
        "stop_if": [{"sign": "It tips.", "do": "Get off.", "call": ["therapist"]}],
        "care": {"clean": [{"text": "Dry it."}]},
        "sources": SOURCES,
    }
)
GUIDES = {"scooter": SCOOTER, "perch": PERCH}
WORDS = EquipmentWords.parse_obj(
    {
        "ambiguous": [
            {
                "words": ["stand"],
                "ask": "Does it have wheels?",
                "meanings": [
                    {"title": "Yes, wheels", "equipment": "scooter", "clues": ["wheels", "roll"]},
                    {"title": "No", "equipment": "perch", "clues": ["kitchen"]},
                ],
            }
        ],
        "calls": {"emergency": "Call 911.", "supplier": "Call the shop.", "therapist": "Call us."},
        "first_offered": ["perch"],
    }
)
ALT_TEXTS = {"grip": "A hand on a grip"}
COOKING = Activity.parse_obj(
    {
        "id": "cooking",
        "label": "cooking",
        "names": ["stove", "peeling"],
        "ask": {
            "question": "Do you tire when you stand?",
            "options": [
                {"title": "Yes, I tire", "suggests": ["perch"]},
                {"title": "No, I must carry", "suggests": ["scooter"]},
            ],
        },
        "suggest": [
            {"equipment": "perch", "reason": "You can sit.", "try_it": "Try it.", "sources": ["s1"]},
            {"equipment": "scooter", "reason": "It carries.", "try_it": "Try it.", "not_alone": "Ask an OT."},
        ],
        "other_help": [{"text": "Slide pots."}],
        "careful": [{"text": "Turn off the gas."}],
        "sources": SOURCES,
    }
)
SHOPPING = Activity.parse_obj(
    {
        "id": "shopping",
        "label": "shopping",
        "names": ["store"],
        "suggest": [{"equipment": "scooter", "reason": "It carries.", "try_it": "Try it."}],
    }
)

CARDS = Cards(GUIDES, WORDS, ALT_TEXTS)
DEVICES = Devices(GUIDES, WORDS)
TALK = GuideTalk(GUIDES, DEVICES, CARDS)
ADVISOR = Advisor({"cooking": COOKING, "shopping": SHOPPING}, GUIDES)
