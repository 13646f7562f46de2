"""The clinic's page, and the chat that any page can embed: one script."""

from __future__ import annotations

import gzip
import html
import json
import re
from typing import Any, Callable, Coroutine, Dict, Mapping

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw, text

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
SCRIPT_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Cross-Origin-Resource-Policy": "cross-origin",  # the clinic's site may be another one
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
PARTS = ("words", "memory", "api", "draw", "frame", "comfort", "talk", "main")
"""The files of the chat in the order in which they need each other; they share one scope."""

_FIELD = re.compile(r"{{([\w.]+)}}")
_SCRIPT = """// Handrail, the chat of an occupational therapy clinic. How to embed it: docs/embed.md
(() => {
'use strict';
if (window.Handrail) return;
const SCRIPT = document.currentScript;
const SERVER = new URL(SCRIPT.src).origin;
const CLINIC = %s;
const STYLE = %s;
%s})();
"""


def add_routes(chat: Blueprint, profile: Profile) -> None:
    """Serve the page at `/`, its files, and the script to embed."""
    files = {
        "/": (fill(_read("page.html"), page_fields(profile)), "text/html; charset=utf-8"),
        "/chat/page.css": (_read("page.css"), "text/css; charset=utf-8"),
        "/chat/icon.svg": (_read("icon.svg"), "image/svg+xml"),
    }
    for path, (body, kind) in files.items():
        chat.add_route(_serving(body, kind), path, name=path.rpartition("/")[2] or "front_page")

    script = widget_script(profile).encode()
    packed = gzip.compress(script, mtime=0)

    @chat.get("/chat/widget.js")
    async def widget(request: Request) -> HTTPResponse:
        small = "gzip" in request.headers.get("Accept-Encoding", "")
        encoding = {"Content-Encoding": "gzip"} if small else {}
        return raw(
            packed if small else script,
            headers={**SCRIPT_HEADERS, **encoding},
            content_type="text/javascript; charset=utf-8",
        )


def widget_script(profile: Profile) -> str:
    """The whole chat as one script, with the clinic's phone and the chat's style in it."""
    fields = page_fields(profile)
    clinic = {"phone": fields["contact.phone"], "tel": fields["contact.tel"]}
    parts = "".join(_read(f"chat/{part}.js") for part in PARTS)
    return _SCRIPT % (json.dumps(clinic), json.dumps(_read("chat/style.css")), parts)


def page_fields(profile: Profile) -> Dict[str, str]:
    """What the page shows of the clinic."""
    words = profile.fields()
    words["contact.tel"] = re.sub(r"\D", "", profile.contact.phone)
    return words


def fill(template: str, words: Mapping[str, str]) -> str:
    """The page with its fields filled, each escaped; a line with an unknown fact is left out."""
    lines = [line for line in template.splitlines() if all(name in words for name in _FIELD.findall(line))]
    return _FIELD.sub(lambda match: html.escape(words[match.group(1)]), "\n".join(lines) + "\n")


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _serving(body: str, kind: str) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
    async def serve(_request: Request) -> HTTPResponse:
        return text(body, headers=HEADERS, content_type=kind)

    return serve
