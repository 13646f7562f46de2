"""The guides as pages to print, and their pictures."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, text

from bot.channels.pages import HEADERS
from bot.content.pictures import FOLDER as PICTURES
from bot.guides.page import STYLE, GuidePages

PICTURE_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
"""A drawing may carry its own style; it can run nothing."""


def add_routes(chat: Blueprint, pages: GuidePages) -> None:
    """Serve `/chat/guides/<id>`, its style, and `/chat/media/<name>.svg`."""
    style = STYLE.read_text(encoding="utf-8")
    drawings = {path.name: path for path in sorted(PICTURES.glob("*.svg"))}

    @chat.get("/chat/guides/page.css")
    async def guide_style(_request: Request) -> HTTPResponse:
        return text(style, headers=HEADERS, content_type="text/css; charset=utf-8")

    @chat.get("/chat/guides/<device:str>")
    async def guide_page(_request: Request, device: str) -> HTTPResponse:
        page = pages.page(device)
        if page is None:
            raise NotFound("no such guide")
        return text(page, headers=HEADERS, content_type="text/html; charset=utf-8")

    @chat.get("/chat/media/<name:str>")
    async def picture(_request: Request, name: str) -> HTTPResponse:
        return _drawing(drawings.get(name))


def _drawing(path: Path | None) -> HTTPResponse:
    """The drawing itself.

    Raises:
        NotFound: there is none.
    """
    if path is None:
        raise NotFound("no such picture")
    return text(path.read_text(encoding="utf-8"), headers=PICTURE_HEADERS, content_type="image/svg+xml")
