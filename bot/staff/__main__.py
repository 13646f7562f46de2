"""For staff: `python -m bot.staff --help` lists what there is."""

from __future__ import annotations

import argparse
import sys
from typing import List, Optional

from bot.bootstrap import Services, bootstrap
from bot.messaging.model import DANGER_AFTER_STOP, MEANT_THE_VISIT
from bot.staff import waiting

TASKS = {
    MEANT_THE_VISIT: "sent CANCEL, which stops all messages, and may have meant the visit: please call",
    DANGER_AFTER_STOP: "sent signs of danger after STOP, and got no answer: please call",
}


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.staff", description=__doc__)
    commands = parser.add_subparsers(required=True)
    questions = commands.add_parser("questions", help="what was asked and not answered, most asked first")
    questions.add_argument("--count", type=int, default=50, help="how many (50)")
    questions.set_defaults(run=show_questions)
    undelivered = commands.add_parser(
        "undelivered", help="messages that did not reach people, the latest first"
    )
    undelivered.add_argument("--count", type=int, default=50, help="how many (50)")
    undelivered.set_defaults(run=show_undelivered)
    tasks = commands.add_parser("tasks", help="what people sent that somebody must look at, the latest first")
    tasks.add_argument("--count", type=int, default=50, help="how many (50)")
    tasks.set_defaults(run=show_tasks)
    forget = commands.add_parser("forget", help="erase the talks of one phone or app")
    forget.add_argument("address", help="their number, like +12125550123, or their id as `tasks` shows it")
    forget.set_defaults(run=forget_person)
    waiting.add_commands(commands)
    given = parser.parse_args(arguments)
    given.run(bootstrap(), given)
    return 0


def show_questions(services: Services, given: argparse.Namespace) -> None:
    """Print how often each question was asked, when last, and its words; names are left out."""
    for one in services.questions.most_asked(given.count):
        day = one.last_at.astimezone(services.profile.zone).date()
        print(f"{one.times:5}  {day}  {one.text}")


def show_undelivered(services: Services, given: argparse.Namespace) -> None:
    """Print when each message was made, for whom, what became of it, and its words."""
    with services.mail.reading() as mail:
        for one in mail.outbound.undelivered(given.count):
            at = one.made_at.astimezone(services.profile.zone)
            words = " ".join(one.text.split())
            print(f"{at:%Y-%m-%d %H:%M}  {one.channel} {one.address}  {one.state}: {one.problem}  {words}")


def show_tasks(services: Services, given: argparse.Namespace) -> None:
    """Print when each task came up, about whom, and what there is to do."""
    with services.mail.reading() as mail:
        for one in mail.tasks.latest(given.count):
            at = one.at.astimezone(services.profile.zone)
            print(f"{at:%Y-%m-%d %H:%M}  {one.channel} {one.address}  {TASKS[one.kind]}")


def forget_person(services: Services, given: argparse.Namespace) -> None:
    """Erase what was said with this address and what is kept of it; visits and STOP stay."""
    with services.mail.reading() as mail:
        people = mail.people.with_address(given.address)
    for person_id in people:  # whose conversation has the same id
        services.conversations.erase(person_id)
    services.mail.forget(people)
    print(f"Talks erased: {len(people)}.")


if __name__ == "__main__":
    sys.exit(main())
