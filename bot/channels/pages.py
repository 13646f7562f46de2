"""The clinic's page with the chat on it, and its files."""

from __future__ import annotations

import html
import re
from typing import Dict

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, text

from bot.content.profile import Profile
from bot.settings import ROOT

FOLDER = ROOT / "bot" / "widget"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_FIELD = re.compile(r"{{([\w.]+)}}")


def add_routes(chat: Blueprint, profile: Profile) -> None:
    """Serve the page at `/`, and its script, style and icon beside the API."""
    page = fill((FOLDER / "page.html").read_text(encoding="utf-8"), page_fields(profile))
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    icon = (FOLDER / "icon.svg").read_text(encoding="utf-8")

    @chat.get("/")
    async def front_page(_request: Request) -> HTTPResponse:
        return text(page, headers=HEADERS, content_type="text/html; charset=utf-8")

    @chat.get("/chat/page.css")
    async def page_style(_request: Request) -> HTTPResponse:
        return text(style, headers=HEADERS, content_type="text/css; charset=utf-8")

    @chat.get("/chat/page.js")
    async def page_script(_request: Request) -> HTTPResponse:
        return text(script, headers=HEADERS, content_type="text/javascript; charset=utf-8")

    @chat.get("/chat/icon.svg")
    async def page_icon(_request: Request) -> HTTPResponse:
        return text(icon, headers=HEADERS, content_type="image/svg+xml")


def page_fields(profile: Profile) -> Dict[str, str]:
    """What the page shows of the clinic."""
    words = profile.fields()
    words["contact.tel"] = re.sub(r"\D", "", profile.contact.phone)
    return words


def fill(template: str, words: Dict[str, str]) -> str:
    """The page with its fields filled, each escaped; an unknown fact leaves nothing behind."""
    return _FIELD.sub(lambda match: html.escape(words.get(match.group(1), "")), template)
