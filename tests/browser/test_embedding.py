"""The chat on the page of another site, with a strict content security policy and the clinic's own looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import SHADOW

SITE = "https://friend.example/"
PAGE = """<!doctype html><html lang="es"><meta charset="utf-8"><title>A page</title><h1>A page</h1>
<script src="{url}/chat/widget.js" data-name="Rosa" data-language="es" data-position="left"
data-color="{color}" defer></script>"""
BRAND = f"getComputedStyle({SHADOW}.querySelector('.launcher')).backgroundColor"


@pytest.mark.parametrize(
    ("color", "shown"),
    [("#5b2a86", "rgb(91, 42, 134)"), ("#ffe680", "rgb(23, 80, 74)")],
    ids=["dark", "pale"],
)
def test_another_site_may_embed_it_in_its_own_looks(browser, assistant, color, shown):
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    policy = "default-src 'none'; " + "; ".join(
        f"{kind}-src {assistant.url}" for kind in ("script", "connect", "img")
    )
    page.route(
        SITE,
        lambda route: route.fulfill(
            body=PAGE.format(url=assistant.url, color=color),
            headers={"Content-Type": "text/html", "Content-Security-Policy": policy},
        ),
    )
    page.goto(SITE)
    page.get_by_role("button", name="Preguntar a Rosa").click()
    expect(page.get_by_role("log")).to_contain_text("Rosa dijo")
    expect(page.get_by_role("log")).to_contain_text("In an emergency call 911")
    assert page.evaluate(f"{SHADOW}.querySelector('.panel').getBoundingClientRect().left") < 100
    assert page.evaluate(BRAND) == shown  # white could not be read on a pale color
    assert complaints == []
    context.close()
