"""The pages of the guides over plain HTTP."""

from __future__ import annotations

import pytest
import requests

from bot.content.pictures import read_alt_texts
from bot.settings import ROOT
from tests.support.assistant import Assistant


def got(assistant: Assistant, path: str) -> requests.Response:
    return requests.get(f"{assistant.url}{path}", timeout=20)


def test_a_guide_opens_with_its_style_and_nothing_that_runs(assistant: Assistant) -> None:
    answer = got(assistant, "/chat/guides/quad_cane")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<h1>Quad cane: how to use it</h1>" in answer.text
    style = got(assistant, "/chat/guides/page.css")
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "@media print" in style.text


@pytest.mark.parametrize(
    "path", ["guides/sofa", "guides/..%2Fclinic", "media/none.svg", "media/..%2Fclinic.yml"]
)
def test_what_is_not_there_is_not_found(assistant: Assistant, path: str) -> None:
    assert got(assistant, f"/chat/{path}").status_code == 404


def test_every_picture_is_served_and_can_run_nothing(assistant: Assistant) -> None:
    for name in read_alt_texts():
        answer = got(assistant, f"/chat/media/{name}.svg")
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.text == (ROOT / "data" / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
