"""Messages as people really send them: worn by haste, phones, and long stories."""

from __future__ import annotations

from random import Random
from typing import Callable, Dict

from bot.understanding.plain_text import LONGEST
from tests.benchmarks.safety import in_capitals, with_typos

EMOJI = ("🙏", "😊", "😩", "❤️", "🤷‍♀️", "👵")
SPANISH = {
    "my mother": "mi mamá", "my mom": "mi mamá", "my dad": "mi papá", "my father": "mi papá",
    "my husband": "mi esposo", "my wife": "mi esposa", "my son": "mi hijo", "my daughter": "mi hija",
    "please": "por favor", "thanks": "gracias", "hello": "hola", "the house": "la casa", "today": "hoy",
    "tomorrow": "mañana", "and": "y", "but": "pero", "for": "para", "with": "con", "the": "la",
}  # fmt: skip
BEFORE = (
    "Let me start at the beginning. We have lived on this street for thirty-one years, and the plum tree was "
    "here before us. My cousin painted the fence in the summer, first green, then white, because the green "
    "looked like a frog. Then the rain came and the cellar was wet. ",
    "On Sundays the whole family sits in the kitchen, nine of us when all are in town, and my uncle tells "
    "the one about the goat and the mayor. He has told it since I was small, and the goat gets bigger. ",
    "The neighbors bought a boat last year. Nobody knows why, there is no water here. It stands in the yard "
    "under a blue cover, and the birds like it. ",
)
AFTER = " That was a long letter, I know. The kettle is whistling and the mail is here. With warm regards."


def as_written(text: str, _chance: Random) -> str:
    """No change."""
    return text


def without_apostrophes(text: str, _chance: Random) -> str:
    """As phones leave it when one types fast."""
    return text.replace("'", "").replace("’", "").lower()


def with_emoji(text: str, chance: Random) -> str:
    """One in the middle, two at the end."""
    words = text.split(" ")
    words.insert(chance.randrange(len(words) + 1), chance.choice(EMOJI))
    return " ".join([*words, chance.choice(EMOJI) * 2])


def with_spanish(text: str, _chance: Random) -> str:
    """Up to three words of another language."""
    worn = f" {text.lower()} "
    for english, spanish in [pair for pair in SPANISH.items() if f" {pair[0]} " in worn][:3]:
        worn = worn.replace(f" {english} ", f" {spanish} ", 1)
    return worn.strip() if worn.strip() != text.lower() else f"Hola, {worn.strip()} gracias"


def in_a_long_story(text: str, _chance: Random) -> str:
    """About 2,000 characters, with the message near their end."""
    room = LONGEST - len(text) - len(AFTER) - 2
    story = (BEFORE[0] + BEFORE[1] + BEFORE[2]) * 3
    begin = story[:room].rsplit(". ", 1)[0]
    return f"{begin}. {text}{'' if text[-1:] in '.!?' else '.'}{AFTER}"


FORMS: Dict[str, Callable[[str, Random], str]] = {
    "as_written": as_written,
    "typos": with_typos,
    "no_apostrophes": without_apostrophes,
    "capitals": in_capitals,
    "emoji": with_emoji,
    "spanish": with_spanish,
    "long_story": in_a_long_story,
}
