"""For staff: `python -m bot.staff questions`."""

from __future__ import annotations

import argparse
import sys
from typing import List, Optional

from bot.bootstrap import Services, bootstrap


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.staff", description=__doc__)
    commands = parser.add_subparsers(required=True)
    questions = commands.add_parser("questions", help="what was asked and not answered, most asked first")
    questions.add_argument("--count", type=int, default=50, help="how many (50)")
    questions.set_defaults(run=show_questions)
    given = parser.parse_args(arguments)
    given.run(bootstrap(), given)
    return 0


def show_questions(services: Services, given: argparse.Namespace) -> None:
    """Print how often each question was asked, when last, and its words; names are left out."""
    for one in services.questions.most_asked(given.count):
        day = one.last_at.astimezone(services.profile.zone).date()
        print(f"{one.times:5}  {day}  {one.text}")


if __name__ == "__main__":
    sys.exit(main())
