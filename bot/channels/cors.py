"""Which other sites' pages may use the chat."""

from __future__ import annotations

from typing import Collection, Optional

from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty

ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}


def allow_origins(app: Sanic, origins: Collection[str]) -> None:
    """Let pages of these origins call `/chat/…`; the chat has no cookies, so none are let through."""

    async def answer_preflight(request: Request) -> Optional[HTTPResponse]:
        if request.method == "OPTIONS" and _is_allowed(request):
            return empty(headers=ALLOWED)
        return None

    async def name_origin(request: Request, answer: BaseHTTPResponse) -> None:
        if _is_allowed(request):
            answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        if request.path.startswith("/chat/"):
            answer.headers["Vary"] = "Origin"

    def _is_allowed(request: Request) -> bool:
        return request.path.startswith("/chat/") and request.headers.get("Origin") in origins

    app.register_middleware(answer_preflight, "request")
    app.register_middleware(name_origin, "response")
