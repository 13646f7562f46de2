"""The action server: `python -m actions`. Listens on this machine only, for Rasa only."""

from __future__ import annotations

import hmac
import logging

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.errors import describe
from bot.settings import read_settings

LARGEST_BODY = 4 * 1024 * 1024
TOKEN_HEADER = "X-Action-Token"

logger = logging.getLogger(__name__)


def guarded_app(secret: str) -> Sanic:
    """The SDK's server with what it lacks: a secret, a limit, and errors that repeat nobody's words."""
    app: Sanic = create_app("actions", cors_origins=[])
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY

    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        if request.path == "/health":
            return None
        given = request.headers.get(TOKEN_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return json({"error": "unauthorized"}, 401)
        if request.headers.get("Content-Encoding"):
            return json({"error": "unsupported encoding"}, 415)
        return None

    app.register_middleware(refuse_strangers, "request")

    async def failed(_request: Request, problem: Exception) -> HTTPResponse:
        logger.error("an action failed: %s", describe(problem))
        return json({"error": "internal"}, getattr(problem, "status_code", 500))

    app.error_handler.add(Exception, failed)
    return app


if __name__ == "__main__":
    settings = read_settings()
    logging.basicConfig(level=settings.log_level, format="%(levelname)s actions %(message)s")
    guarded_app(settings.secret).run("127.0.0.1", settings.action_port, access_log=False, motd=False)
