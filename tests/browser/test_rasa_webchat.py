"""An open chat window made for Rasa, in Chromium, over the `socketio` channel."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.assistant import Assistant

PACKAGE = "rasa-webchat@1.0.1"
PAGE = """<!doctype html><meta charset="utf-8"><title>A page</title><div id="chat"></div>
<script src="/window.js"></script><script>WebChat.default(
{selector: "#chat", socketUrl: location.origin, initPayload: "hello", embedded: true}, null)</script>"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The window's script, from the npm registry."""
    folder: Path = tmp_path_factory.mktemp("webchat")
    try:
        subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, timeout=120
        )
    except (OSError, subprocess.SubprocessError):
        pytest.skip(f"{PACKAGE} cannot be had: npm is not installed, or its registry does not answer")
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        file = package.extractfile("package/lib/index.js")
        assert file is not None
        return file.read()


@pytest.mark.long
def test_rasa_webchat_holds_a_conversation(socket_assistant: Assistant, browser: Browser, script: bytes):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/window.html", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.route("**/window.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(f"{socket_assistant.url}/window.html")
    expect(page.locator(".rw-response").last).to_be_visible()
    page.locator(".rw-new-message").fill("book an evaluation")
    page.locator(".rw-send").click()
    page.locator(".rw-reply", has_text="Me").first.click()
    expect(page.locator(".rw-conversation-container")).to_contain_text("open times")
    context.close()
