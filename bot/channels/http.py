"""What every route of the chat API shares: reading requests, limits, and errors people can act on."""

from __future__ import annotations

import json
import logging
from functools import wraps
from typing import Any, Callable, Coroutine, Dict

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sanic import Sanic
from sanic.exceptions import MethodNotSupported, NotFound, PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.errors import BadSession, TurnInProgress, UnknownPayload, describe

logger = logging.getLogger(__name__)

LARGEST_BODY = 16 * 1024

Route = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class ApiError(Exception):
    """An answer that is an error: its HTTP status, its code, and a sentence a person can act on."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers

    def response(self) -> HTTPResponse:
        """The error as the API sends it."""
        body = {"error": {"code": self.code, "message": self.message}}
        return json_response(body, self.status, headers={**PRIVATE, **self.headers})


PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Unavailable(ApiError):
    """The message was not lost: the same id may be sent again."""

    def __init__(self, phone: str) -> None:
        message = f"I could not answer just now. Please try again, or call the clinic at {phone}."
        super().__init__(503, "unavailable", message)


class Limits:
    """How often one session, or one address, may ask; "off" lets everybody."""

    def __init__(self, rate: str) -> None:
        self._rate = None if rate == "off" else parse(rate)
        self._storage = MemoryStorage()  # the limiter itself holds it only weakly
        self._limiter = MovingWindowRateLimiter(self._storage)

    def check(self, kind: str, who: str) -> None:
        """Count one request.

        Raises:
            ApiError: too many (429).
        """
        if self._rate is None or self._limiter.hit(self._rate, kind, who):
            return
        raise ApiError(
            429,
            "too_many_requests",
            "That was a lot at once. Please wait a minute, then try again.",
            **{"Retry-After": "60"},
        )


def answer_errors(route: Route) -> Route:
    """Let a route raise; people get the error's sentence, and nothing internal."""

    @wraps(route)
    async def guarded(request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
        try:
            answer = await route(request, *args, **kwargs)
        except ApiError as error:
            return error.response()
        except BadSession:
            return ApiError(401, "bad_session", "This chat has ended. Please start a new one.").response()
        except UnknownPayload:
            message = "That choice is not open any more. Please type what you need."
            return ApiError(422, "unknown_payload", message).response()
        except TurnInProgress:
            message = "Your message is being answered. Please wait a moment."
            return ApiError(503, "unavailable", message, **{"Retry-After": "2"}).response()
        answer.headers.update(PRIVATE)
        return answer

    return guarded


def bearer(request: Request) -> str:
    """The token of a request.

    Raises:
        BadSession: there is none.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise BadSession()
    return str(token)


def json_body(request: Request) -> Dict[str, Any]:
    """The JSON object that a request carries.

    Raises:
        ApiError: too large (413), not JSON by its type (415) or by its text (400).
    """
    if len(request.body) > LARGEST_BODY:
        raise too_large()
    if not request.headers.get("Content-Type", "").lower().startswith("application/json"):
        raise ApiError(415, "unsupported_media_type", "Please send JSON (Content-Type: application/json).")
    try:
        body = json.loads(request.body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise bad_request("The request is not JSON.") from problem
    if not isinstance(body, dict):
        raise bad_request("The request must be a JSON object.")
    return body


def bad_request(message: str) -> ApiError:
    """The request has not the form of the API."""
    return ApiError(400, "bad_request", message)


def too_large() -> ApiError:
    """The body is over 16 KiB."""
    return ApiError(413, "too_large", "The message is too large. Please make it shorter.")


def speak_json_on_errors(app: Sanic) -> None:
    """Unknown paths, wrong methods and whatever else fails outside a route get the API's errors."""

    async def not_found(_request: Request, _problem: Exception) -> HTTPResponse:
        return ApiError(404, "not_found", "There is nothing here.").response()

    async def wrong_method(_request: Request, _problem: Exception) -> HTTPResponse:
        return ApiError(405, "method_not_allowed", "This address does not take that method.").response()

    async def large(_request: Request, _problem: Exception) -> HTTPResponse:
        return too_large().response()

    async def failed(_request: Request, problem: Exception) -> HTTPResponse:
        if isinstance(problem, SanicException) and getattr(problem, "status_code", 500) < 500:
            return bad_request("The request could not be read.").response()
        logger.error("a request failed: %s", describe(problem))
        return ApiError(503, "unavailable", "Something failed. Please try again.").response()

    app.error_handler.add(NotFound, not_found)
    app.error_handler.add(MethodNotSupported, wrong_method)
    app.error_handler.add(PayloadTooLarge, large)
    app.error_handler.add(Exception, failed)
