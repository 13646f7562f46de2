"""Whether somebody may see an appointment, and how long a guesser has to wait."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from typing import List, Optional

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
REMEMBERED = timedelta(days=1)
"""Wrong tries are forgotten after a day without another."""


def is_known(patient_name: str, contact: str, known: str) -> bool:
    """Whether `known` is the patient's last name, or the contact that was given."""
    kept = plain_contact(contact)
    return (bool(kept) and plain_contact(known) == kept) or _is_last_name(known, patient_name)


def plain_reference(text: str) -> str:
    """A reference as it is kept, however it was typed: "k7qm 2xwp" is "K7QM-2XWP"."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{signs[:4]}-{signs[4:]}"


def plain_contact(text: str) -> str:
    """A contact in the one form that is compared: small letters of an address, digits of a number."""
    if "@" in text:
        return text.strip().casefold()
    digits = re.sub(r"\D", "", text)
    return f"1{digits}" if len(digits) == 10 else digits


def plain_words(text: str) -> List[str]:
    """The words of a name without accents and signs: "José Ñáñez-Müller" is jose, nanez, muller."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    return re.findall(r"\w+", plain.replace("'", "").replace("’", ""))


def patient_mark(name: str, contact: str) -> str:
    """What tells one patient from another; only its keyed hash is kept."""
    return f"{' '.join(plain_words(name))}\n{plain_contact(contact)}"


def again_at(wrong: int, last_at: datetime) -> Optional[datetime]:
    """When somebody with so many wrong tries may try again; None: now."""
    if wrong < FREE_TRIES:
        return None
    doubled: int = 2 ** min(wrong - FREE_TRIES, 10)
    return last_at + min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _is_last_name(said: str, name: str) -> bool:
    """Whether these are words of the name behind the first one, side by side; or the whole name."""
    words, wanted = plain_words(name), plain_words(said)
    if not wanted:
        return False
    behind = words[1:] or words
    starts = range(len(behind) - len(wanted) + 1)
    return wanted == words or any(behind[start : start + len(wanted)] == wanted for start in starts)
