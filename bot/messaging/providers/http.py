"""JSON over HTTPS to a provider, with time-outs, and failures in the words of messaging."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple

import requests

from bot.errors import SendFailed
from bot.messaging.providers.base import CONNECT_SECONDS, READ_SECONDS


def post_json(
    url: str, shape: Mapping[str, Any], headers: Optional[Mapping[str, str]] = None
) -> Tuple[int, Dict[str, Any]]:
    """The status and the object that a provider answers; an empty object where it answers none.

    Raises:
        SendFailed: no answer came. The address may hold a secret, so only the kind of failure is said.
    """
    try:
        answer = requests.post(
            url, json=shape, headers=dict(headers or {}), timeout=(CONNECT_SECONDS, READ_SECONDS)
        )
    except requests.RequestException as problem:
        raise SendFailed(type(problem).__name__) from None
    try:
        said = answer.json()
    except ValueError:
        said = {}
    return answer.status_code, said if isinstance(said, dict) else {}
