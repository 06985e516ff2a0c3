"""Why sources may differ."""

import pytest

from reelgraph.server.causes import Known, Release, causes

FILM = Known(
    releases=(
        Release("1987-10-02", "festival screening", "Actual"),
        Release("1988-03-04", "wide", "Actual"),
        Release("1988-01-15", "wide", "Planned"),
        Release("1990", "theatrical", "Superseded"),
        Release("1991-05-01", "theatrical", "Actual", "France"),
        Release("1991-05-01", "theatrical", "Actual", "Belgium"),
        Release("1992-02-02", "theatrical", "Actual", "Japan"),
    ),
    versions=(("126", "director's cut"),),
)


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("year", ("1988", "1987"), "1987 is the premiere, 1988 the release in cinemas"),
        ("year", ("1988", "1990"), "1990 was planned"),
        ("wide release date (worldwide)", ("1988-03-04", "1988-01-15"), "15 January 1988 was planned"),
        ("year", ("1991", "1992"), "1991 is the release in Belgium and France, 1992 in Japan"),
        (
            "theatrical release date",
            ("1991-05-01", "1992-02-02"),
            "1 May 1991 is the release in Belgium and France, 2 February 1992 in Japan",
        ),
        ("running time", ("102", "126"), "126 min is a version: director's cut"),
        ("running time", ("102", "101"), "seconds are rounded up or down"),
        ("running time", ("108", "104"), "104 min is what 108 min take at 25 frames a second"),
        ("gross (worldwide)", ("47351251 USD", "48000000 USD"), "one is rounded"),
        ("budget", ("23000000 USD", "estimated 25000000 USD"), "one is an estimate"),
        ("Tomatometer of Rotten Tomatoes out of 100", ("94", "95"), "the number changes with time"),
    ],
)
def test_causes(name: str, values: tuple[str, ...], wanted: str) -> None:
    assert causes(name, values, FILM) == (wanted,)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("year", ("1988", "1971")),
        ("running time", ("102", "90")),
        ("gross (worldwide)", ("47351251 USD", "99351252 USD")),
        ("gross (worldwide)", ("47351251 USD", "47351252 USD")),
        ("rating by MPA", ("R", "PG-13")),
        ("running time", ("102",)),
    ],
)
def test_no_cause_is_made_up(name: str, values: tuple[str, ...]) -> None:
    assert causes(name, values, FILM) == ()
