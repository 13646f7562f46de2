"""What every route of the chat API shares: reading requests, and errors people can act on."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from functools import wraps
from typing import Any, Callable, Coroutine, Dict, Optional

from sanic import Sanic
from sanic.exceptions import MethodNotSupported, NotFound, PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.errors import BadSession, IdTaken, UnknownMessage, UnknownPayload, describe

logger = logging.getLogger(__name__)

LARGEST_BODY = 16 * 1024

Route = Callable[..., Coroutine[Any, Any, Optional[HTTPResponse]]]


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


def guarded(route: Route, phone: str, seconds: Optional[float]) -> Route:
    """Let a route raise, or hang; people get a sentence with the clinic's phone, and nothing internal."""

    @wraps(route)
    async def answer(request: Request, *args: Any, **kwargs: Any) -> Optional[HTTPResponse]:
        try:
            given = await asyncio.wait_for(route(request, *args, **kwargs), seconds)
        except Exception as problem:
            if (
                request.stream and request.stream.response
            ):  # a stream has begun: it ends, and the client comes back
                raise
            return error_for(problem, phone).response()
        if given is not None:
            given.headers.update(PRIVATE)
        return given

    return answer


def error_for(problem: Exception, phone: str) -> ApiError:
    """The error that people get for what went wrong."""
    if isinstance(problem, ApiError):
        return problem
    if isinstance(problem, BadSession):
        return ApiError(401, "bad_session", "This chat has ended. Please start a new one.")
    if isinstance(problem, IdTaken):
        return bad_request("Each message needs an id of its own; this one is taken.")
    if isinstance(problem, UnknownPayload):
        message = "That choice is not open any more. Please type what you need."
        return ApiError(422, "unknown_payload", message)
    if isinstance(problem, UnknownMessage):
        return ApiError(404, "not_found", "That message is not part of this chat.")
    logger.error("a request failed: %s", describe(problem))
    return Unavailable(phone)


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


def is_uuid(value: str) -> bool:
    """Whether it could be the id of a message."""
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def bad_request(message: str) -> ApiError:
    """The request has not the form of the API."""
    return ApiError(400, "bad_request", message)


def too_large() -> ApiError:
    """The body is over 16 KiB."""
    return ApiError(413, "too_large", "The message is too large. Please make it shorter.")


def speak_json_on_errors(app: Sanic, phone: str) -> None:
    """Unknown paths, wrong methods and whatever else fails outside a route get the API's errors."""

    async def not_found(_request: Request, _problem: Exception) -> HTTPResponse:
        return ApiError(404, "not_found", "There is nothing here.").response()

    async def wrong_method(_request: Request, problem: MethodNotSupported) -> HTTPResponse:
        message = "This address does not take that method."
        return ApiError(405, "method_not_allowed", message, **problem.headers).response()

    async def large(_request: Request, _problem: Exception) -> HTTPResponse:
        return too_large().response()

    async def failed(_request: Request, problem: Exception) -> HTTPResponse:
        if isinstance(problem, SanicException) and getattr(problem, "status_code", 500) < 500:
            return bad_request("The request could not be read.").response()
        logger.error("a request failed: %s", describe(problem))
        return Unavailable(phone).response()

    app.error_handler.add(NotFound, not_found)
    app.error_handler.add(MethodNotSupported, wrong_method)
    app.error_handler.add(PayloadTooLarge, large)
    app.error_handler.add(Exception, failed)
