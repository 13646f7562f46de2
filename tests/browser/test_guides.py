"""The pages of the guides, as they come out of a printer."""

from __future__ import annotations

import re

from bot.content.guides import read_guides

SHEET = re.compile(rb"/Type\s*/Page[^s]")


def test_every_guide_prints_on_two_sheets(browser, assistant):
    page = browser.new_page()
    sheets = {}
    for device in read_guides():
        page.goto(f"{assistant.url}/chat/guides/{device}")
        sheets[device] = len(SHEET.findall(page.pdf(format="Letter")))
    page.close()
    assert len(sheets) == 28
    assert {device: count for device, count in sheets.items() if count > 2} == {}
