"""What the cache keeps and what it lets go."""

from reelgraph.server.cache import Cache, Entry


def entry(size: int) -> Entry:
    return Entry(200, (("Content-Type", "text/plain"),), b"x" * size)


def test_the_least_recently_used_goes_first() -> None:
    cache = Cache(room=3 * (1000 + 2048))
    for key in "abc":
        cache.put(key, entry(1000))
    assert cache.get("a")
    cache.put("d", entry(1000))
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]


def test_an_answer_takes_the_place_of_the_one_before() -> None:
    cache = Cache(room=2 * (1000 + 2048))
    for size in (1000, 10, 900):
        cache.put("a", entry(size))
    cache.put("b", entry(1000))
    assert [len(found.body) for key in "ab" if (found := cache.get(key))] == [900, 1000]


def test_large_answers_are_not_kept() -> None:
    cache = Cache(largest=100)
    cache.put("a", entry(101))
    assert cache.get("a") is None


def test_nothing_is_left_when_cleared() -> None:
    cache = Cache()
    cache.put("a", entry(1))
    cache.clear()
    assert cache.get("a") is None
