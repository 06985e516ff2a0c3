"""Who may run when others wait."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from reelgraph.server import lanes
from reelgraph.server.lanes import Lane, Lanes, Turn


def in_loop(test: Callable[[], Coroutine[None, None, None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(test())

    return run


async def soon(work: Coroutine[None, None, Turn]) -> "asyncio.Task[Turn]":
    task = asyncio.create_task(work)
    await asyncio.sleep(0)
    return task


@in_loop
async def test_main_lanes_first_then_the_express_lane_then_waiting() -> None:
    ways = Lanes(2)
    turns = [await ways.enter("a") for _ in range(3)]
    assert [turn.lane for turn in turns] == [Lane.MAIN, Lane.MAIN, Lane.EXPRESS]
    waiting = await soon(ways.enter("a"))
    assert not waiting.done()
    ways.leave(turns[0])
    assert (await waiting).lane is Lane.MAIN


@in_loop
async def test_clients_take_turns() -> None:
    ways = Lanes(1)
    held = [await ways.enter("x"), await ways.enter("x")]
    order: list[str] = []

    async def run(client: str) -> None:
        turn = await ways.enter(client)
        order.append(client)
        ways.leave(turn)

    work = [asyncio.create_task(run(client)) for client in ("greedy", "greedy", "greedy", "modest")]
    await asyncio.sleep(0)
    ways.leave(held[0])
    await asyncio.gather(*work)
    assert order == ["greedy", "modest", "greedy", "greedy"]


@in_loop
async def test_slow_queries_leave_the_express_lane_only_when_it_helps() -> None:
    ways = Lanes(1)
    main, express = await ways.enter("a"), await ways.enter("a")
    late = express.since + lanes.STUCK + 1
    assert not ways.must_give_way(main, late)
    assert not ways.must_give_way(express, late), "nobody waits"
    waiting = await soon(ways.enter("b"))
    assert not ways.must_give_way(express, express.since), "it has just begun"
    assert not ways.must_give_way(express, main.since + lanes.STUCK), "the main lane may be free soon"
    assert ways.must_give_way(express, late)
    ways.leave(express)
    heavy = await soon(ways.enter("a", heavy=True))
    assert (await waiting).lane is Lane.EXPRESS
    assert not heavy.done()
    ways.leave(main)
    assert (await heavy).lane is Lane.MAIN


@in_loop
async def test_the_express_lane_is_left_for_a_free_main_lane() -> None:
    ways = Lanes(1)
    main, express = await ways.enter("a"), await ways.enter("a")
    ways.leave(main)
    assert not ways.must_give_way(express, express.since + 9)
    assert express.lane is Lane.MAIN


@in_loop
async def test_answers_under_way_make_room() -> None:
    ways = Lanes(1)
    first, second, third = await ways.enter("a"), await ways.enter("a"), await soon(ways.enter("a"))
    assert ways.may_stream(first), "a main lane can be kept"
    assert first.lane is Lane.MAIN
    ways.move_to_stream(first)
    assert first.lane is Lane.STREAM
    assert (await third).lane is Lane.MAIN
    assert not ways.may_stream(second), "there is no room for a stream that came by the express lane"
    ways.move_to_stream(await third)
    assert (await third).lane is Lane.MAIN, "there is no other"
    ways.leave(first)
    assert ways.may_stream(second)
    assert second.lane is Lane.STREAM


@in_loop
async def test_an_answer_begun_in_the_express_lane_pauses_until_a_main_lane_is_free() -> None:
    ways = Lanes(1)
    main, express, stream = await ways.enter("a"), await ways.enter("a"), await soon(ways.enter("b"))
    paused = await soon(ways.pause(express, "a"))
    assert (await stream).lane is Lane.EXPRESS, "others may use the lane meanwhile"
    assert not paused.done()
    assert not ways.must_give_way(express, express.since + 99)
    assert not await ways.pause(await stream, "b"), "one that pauses is enough"
    ways.leave(main)
    assert await paused
    assert express.lane is Lane.MAIN
    ways.leave(express)
    assert (await ways.enter("c")).lane is Lane.MAIN, "each lane was given back once"


@in_loop
async def test_those_who_gave_up_take_no_lane() -> None:
    ways = Lanes(1)
    held = [await ways.enter("a"), await ways.enter("a")]
    gone = await soon(ways.enter("b"))
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    for turn in held:
        ways.leave(turn)
    assert [(await ways.enter("c")).lane for _ in range(2)] == [Lane.MAIN, Lane.EXPRESS]


@in_loop
async def test_a_lane_given_at_the_moment_of_giving_up_is_given_back() -> None:
    ways = Lanes(1)
    held = [await ways.enter("a"), await ways.enter("a")]
    gone = await soon(ways.enter("b"))
    ways.leave(held[0])
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert (await ways.enter("c")).lane is Lane.MAIN
