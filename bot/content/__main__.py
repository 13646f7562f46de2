"""`python -m bot.content check` finds what is wrong with the content; `show` makes a page of it to read."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Optional

from bot.content.check import check
from bot.content.collection import read_content
from bot.content.show import review_page


def main() -> int:
    """Run the command that was asked for; 0 when all is well."""
    parser = ArgumentParser(prog="python -m bot.content", description="Look after what the assistant says.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="name every fault in the content files, one a line")
    show = commands.add_parser("show", help="write one page with everything that is said, for review")
    show.add_argument("file", nargs="?", type=Path, help="where to write it; to the screen if left out")
    wish = parser.parse_args()
    return show_content(wish.file) if wish.command == "show" else check_content()


def check_content() -> int:
    """Write each finding on a line; 1 when there is any."""
    findings = check()
    sys.stdout.writelines(f"{finding}\n" for finding in findings)
    if not findings:
        sys.stdout.write("The content is in order.\n")
    return 1 if findings else 0


def show_content(file: Optional[Path]) -> int:
    """Write the page for review."""
    page = review_page(read_content())
    if file is None:
        sys.stdout.write(page)
    else:
        file.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
