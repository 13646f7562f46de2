"""The references that people quote."""

from __future__ import annotations

import secrets

REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that is mistaken for another when read aloud or off a screen."""


def new_reference() -> str:
    """Eight signs to quote: 31 ** 8 of them, so that nobody guesses another person's."""
    signs = "".join(secrets.choice(REFERENCE_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"
