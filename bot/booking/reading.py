"""Reading the parts of a booking from a person's own words."""

from __future__ import annotations

import re
from typing import List, Optional

import phonenumbers
from email_validator import EmailNotValidError, validate_email

LONGEST_NAME = 100
LONGEST_CONTACT = 200
"""What the database has room for."""

_CHILD = re.compile(
    r"\b(?:my|our|the|a|his|her)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:son|daughter|child|kid|kiddo|baby|toddler|boy|girl|grand(?:son|daughter|child|kid)|twins?"
    r"|nephew|niece|teen(?:ager)?|(?:pre)?schooler)s?\b",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:mom|mum|mama|mother|dad|father|husband|wife|partner|spouse|parents?"
    r"|grand(?:ma|pa|mother|father)|aunt|uncle|sister|brother|cousin|friend|client|patient|resident"
    r"|neighbou?r|some(?:body|one)(?: else)?|(?:an|another|other) (?:adult|person)|him|her)\b",
    re.I,
)
_NOT_FOR = re.compile(r"\b(?:not|instead of) (?:for )?(?:my |the |our |a )?\w+", re.I)
_SELF = re.compile(r"\b(?:me|myself|self)\b", re.I)
_SPEAKER = re.compile(r"\b(?:i|i'?m)\b", re.I)
_AGE = re.compile(r"\b(\d{1,3})\s*-?\s*(?:years?|yrs?|yo|y/o)\b", re.I)

_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{5,}\d(?:\s*(?:ext?\.?|x)\s*\d{1,6})?", re.I)
_NORTH_AMERICAN = re.compile(r"[2-9]\d\d[2-9]\d{6}")
_EMAIL = re.compile(r"[^\s<>,;]+@[^\s<>,;]+\w")

_SPOKEN_EMAIL = re.compile(
    r"([\w.+-]{1,60}) ?(?:\(at\)| at ) ?([\w-]{1,60}) ?(?: dot |\.) ?(\w{2,20})\b", re.I
)
_NAME_LEAD = re.compile(
    r"^\s*(?:(?:yes|no|sorry|ok|okay|sure|hi|hello)[,.]?\s+)?"
    r"(?:(?:(?:my|our|his|her|their|the)\s+)?(?:\w+'?s\s+)?(?:full\s+)?name(?:'?s|\s+is)?|it'?s|it\s+is"
    r"|this\s+is|that'?s|i'?m|i\s+am|he'?s|she'?s|put\s+down)\s*[:,]?\s+",
    re.I,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—", "-"))
_WORD = r"[^\W\d_]+(?:[.'’\-]+[^\W\d_]+)*\.?"
_LAST_FIRST = re.compile(rf"({_WORD}), ({_WORD})\.?")
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,4}}")
_NAMES_TOO = frozenset(("will", "may", "so", "an", "in", "do", "my"))
_NOT_IN_A_NAME = frozenset(
    """a about again an and any anyone appointment are back book booking but can cancel change come cost
    could do does doctor done evaluation fine for from get go have help hello hey hi how i if in is
    isn't it it's just later maybe me mom mother my need no none nope not nothing of ok okay on or
    please question ready said say she should so some sorry start stop stuff sure thank thanks that the
    there they this time to tomorrow today visit wait want was we what what's when where which who why
    will with would yeah yep yes you your""".split()
)

YES = re.compile(
    r"^\W*(?:y|yes|yeah|yep|yup|ok|okay|sure|correct|right|book it|go ahead|please do|perfect"
    r"|sounds good|that'?s (?:right|correct|fine)|looks (?:good|right))\b",
    re.I,
)
NO = re.compile(r"^\W*(?:n|no|nope|nah|wrong|not (?:quite|right)|wait|actually)\b", re.I)


def read_visit_for(text: str, asked: bool = True) -> Optional[str]:
    """Whom the visit is for: "child", "somebody" (another adult) or "me"; None when not said.

    Args:
        asked: whether this answers the question; otherwise "I" is only the one who writes.
    """
    text = _NOT_FOR.sub(" ", text)
    ages = [int(age) for age in _AGE.findall(text)]
    if _CHILD.search(text) and not any(age >= 18 for age in ages):
        return "child"
    if _CHILD.search(text) or _SOMEBODY.search(text):
        return "somebody"
    if ages and min(ages) < 18:
        return "child"
    return "me" if _SELF.search(text) or (asked and _SPEAKER.search(text)) else None


def read_name(text: str) -> Optional[str]:
    """A person's name, as written; None for what does not look like one."""
    text = text.translate(_DASHES)
    turned = _LAST_FIRST.fullmatch(text.strip())
    if turned:
        text = f"{turned[2]} {turned[1]}"
    led = _NAME_LEAD.match(text)
    rest = text[led.end() :] if led else text
    match = _NAME.match(rest.strip())
    if match is None:
        return None
    name = match.group().strip(" .")
    whole = led is not None or match.end() >= len(rest.strip().rstrip(" .!"))
    if not whole or not 1 < len(name) <= LONGEST_NAME or not _may_be_name(name.split()):
        return None
    return name


def _may_be_name(words: List[str]) -> bool:
    """Whether none of the words speaks against a name; "Will" and "May" may come first in one."""
    plain = [word.lower().strip(".'’") for word in words]
    first_names = len(words) in (2, 3) and plain[0] in _NAMES_TOO
    return not set(plain[1:] if first_names else plain) & _NOT_IN_A_NAME


def read_contact(text: str, region: str = "US") -> Optional[str]:
    """A phone number ("+1 503-555-0123") or an e-mail address; None when neither can be right.

    Numbers are checked by form and length for the region, not by whether they are in use.
    """
    text = text if "@" in text else _SPOKEN_EMAIL.sub(r"\1@\2.\3", text)
    written = _EMAIL.search(text)
    if written:
        try:
            address = str(validate_email(written.group(), check_deliverability=False).normalized)
        except EmailNotValidError:
            return None
        return address if len(address) <= LONGEST_CONTACT else None
    digits = _PHONE.search(text.translate(_DASHES))
    if digits is None:
        return None
    try:
        number = phonenumbers.parse(digits.group(), region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None  # a local number without its area code is not enough either
    if number.country_code == 1 and not _NORTH_AMERICAN.fullmatch(str(number.national_number)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def tries_contact(text: str) -> bool:
    """Whether a text that holds no usable contact means to give one."""
    return "@" in text or bool(_SPOKEN_EMAIL.search(text)) or sum(sign.isdigit() for sign in text) >= 5
