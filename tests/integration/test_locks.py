"""One turn of a conversation at a time, over all workers; a worker that dies or sleeps takes nobody along."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels import locks as module
from bot.channels.http import ApiError
from bot.channels.limits import Limits
from bot.channels.locks import ClinicLockStore, ConversationLocks, check_turn
from bot.errors import TurnLost
from bot.settings import Settings
from tests.support.processes import hanging

PAIRS = 100


class Room:
    """Counts who is inside, and how often somebody found somebody else there."""

    def __init__(self) -> None:
        self.inside = 0
        self.visits = 0
        self.collisions = 0

    async def visit(self) -> None:
        self.inside += 1
        self.visits += 1
        self.collisions += self.inside > 1
        await asyncio.sleep(0.001)
        self.inside -= 1


@pytest.fixture
def quick(monkeypatch) -> None:
    """Locks that a dead worker leaves behind end soon."""
    monkeypatch.setattr(module, "LIFE_SECONDS", 0.6)


async def test_of_two_workers_with_turns_of_one_conversation_never_two_are_inside(redis):
    first, second, room = ConversationLocks(redis.address), ConversationLocks(redis.address), Room()

    async def turn(locks: ConversationLocks) -> None:
        async with locks.hold("ana"):
            await room.visit()

    for _ in range(PAIRS):
        await asyncio.gather(turn(first), turn(second))
    assert (room.visits, room.collisions) == (2 * PAIRS, 0)


async def test_turns_of_one_worker_come_in_the_order_they_were_asked_for(redis):
    async def turn(locks: ConversationLocks, order: list[int], number: int) -> None:
        async with locks.hold("ana"):
            order.append(number)

    for locks in (ConversationLocks(), ConversationLocks(redis.address)):
        order: list[int] = []
        await asyncio.gather(*(turn(locks, order, number) for number in range(20)))
        assert order == list(range(20))


async def test_conversations_do_not_wait_for_each_other(redis):
    for locks in (ConversationLocks(), ConversationLocks(redis.address)):
        async with locks.hold("ana"):
            await asyncio.wait_for(asyncio.create_task(enter(locks, "ben")), 5)


async def test_who_has_the_turn_may_take_it_again_and_so_may_the_dialogue(redis, monkeypatch):
    locks = ConversationLocks(redis.address)
    monkeypatch.setattr(module, "conversation_locks", lambda: locks)
    rasa = ClinicLockStore()

    async def dialogue() -> str:
        async with rasa.lock("ana") as ticket:
            return ticket.conversation_id

    async with locks.hold("ana"):
        assert await asyncio.wait_for(dialogue(), 5) == "ana"  # wait_for makes a task of it, as a turn does


async def test_what_a_turn_leaves_running_has_not_the_turn_any_more(redis):
    locks = ConversationLocks(redis.address)

    async def later() -> None:
        await asyncio.sleep(0.1)
        await enter(locks, "ana")

    async with locks.hold("ana"):
        left = asyncio.create_task(later())
    async with locks.hold("ana"):
        await asyncio.sleep(0.3)
        assert not left.done()
    await asyncio.wait_for(left, 5)


async def test_a_long_turn_keeps_its_lock(redis, quick):
    locks, others = ConversationLocks(redis.address), ConversationLocks(redis.address)
    async with locks.hold("ana"):
        waiting = asyncio.create_task(enter(others, "ana"))
        await asyncio.sleep(1.5)
        assert not waiting.done()
        await check_turn("ana")
    await asyncio.wait_for(waiting, 5)


async def test_the_conversation_of_a_worker_that_died_goes_on_soon(redis, quick):
    locks, others = ConversationLocks(redis.address), ConversationLocks(redis.address)
    await locks._take("ana")  # and never a word again
    await asyncio.wait_for(enter(others, "ana"), 5)


async def test_a_worker_that_slept_through_its_turn_may_keep_nothing(redis, quick, monkeypatch):
    async def asleep(_lock: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(module, "_renew", asleep)
    locks, others = ConversationLocks(redis.address), ConversationLocks(redis.address)
    async with locks.hold("ana"):
        await check_turn("ana")
        await asyncio.wait_for(asyncio.create_task(enter(others, "ana")), 5)
        with pytest.raises(TurnLost):
            await check_turn("ana")


async def test_without_redis_there_is_no_turn_and_with_it_again_there_is(redis):
    locks = ConversationLocks(redis.address)
    await enter(locks, "ana")
    redis.stop()
    try:
        with pytest.raises(Exception, match="onnect"):
            await asyncio.wait_for(enter(locks, "ana"), 10)
    finally:
        redis.start()
    await enter(locks, "ana")
    with hanging(redis.process), pytest.raises(Exception, match="imeout"):
        await asyncio.wait_for(enter(locks, "ben"), 10)
    assert await locks.answer()


async def enter(locks: ConversationLocks, conversation_id: str) -> None:
    async with locks.hold(conversation_id):
        pass


async def test_workers_count_requests_together(redis):
    settings = Settings(rate_limit="3/minute", redis_url=redis.address)
    first, second = Limits(settings), Limits(settings)
    for limits in (first, second, first):
        await limits.check("203.0.113.7", "ana")
    for limits in (first, second):
        with pytest.raises(ApiError) as refused:
            await limits.check("203.0.113.7", "ana")
        assert refused.value.status == 429
    await second.check("203.0.113.7", "ben")


async def test_nobody_is_refused_because_redis_does_not_answer(redis):
    limits = Limits(Settings(rate_limit="1/minute", redis_url=redis.address))
    await limits.check("203.0.113.8", "cleo")
    redis.stop()
    try:
        await limits.check("203.0.113.8", "cleo")
    finally:
        redis.start()


async def test_a_restart_of_redis_between_two_turns_is_not_noticed(redis):
    locks, room = ConversationLocks(redis.address), Room()

    async def turn(conversation_id: str) -> None:
        async with locks.hold(conversation_id):
            await room.visit()

    for _ in range(3):
        await asyncio.gather(*map(turn, ("ana", "ben", "cleo", "dan")))
        redis.stop()
        redis.start()
    await asyncio.gather(*map(turn, ("ana", "ben", "cleo", "dan")))
    assert room.visits == 16
