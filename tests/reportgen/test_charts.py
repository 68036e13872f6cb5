"""Charts: to scale, and of the figures that the table has."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.render.charts import Picture, pictures
from reportgen.render.charts.look import Look, mixed
from reportgen.run import Result, answer
from reportgen.texts import Language
from reportgen.units import Writer
from store.vocabulary import AgentState, CallOutcome, Direction, GroupKind, LegKind, LegOutcome, LegRole
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

DAY = "2026-10-01"
START = datetime(2026, 10, 1, 8, tzinfo=UTC)
COLOUR = "#12475c"
SVG = "{http://www.w3.org/2000/svg}"


def writer() -> Writer:
    return Writer(Language.DUTCH, "Europe/Amsterdam")


@contextmanager
def answered(read: Reading, report: str, first: str, last: str | None = None) -> Iterator[Result]:
    with answer(read.connection, read.question(report, first, last), now=NOW, made_by="test") as result:
        yield result


def drawn(read: Reading, report: str, first: str, last: str | None = None) -> list[Picture]:
    with answered(read, report, first, last) as result:
        return pictures(result, writer(), font="Arial")


def texts(picture: Picture) -> list[str]:
    return [
        "".join(text.itertext()).strip() for text in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")
    ]


def lengths(picture: Picture, colour: str, *, across: bool = True) -> list[float]:
    """Of the bars of one colour: how long they are drawn, in points."""
    found = []
    for path in ElementTree.fromstring(picture.svg).iter(f"{SVG}path"):
        if f"fill: {colour}" in path.get("style", ""):
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d", ""))]
            places = numbers[0::2] if across else numbers[1::2]
            found.append(max(places) - min(places))
    return found


def test_every_report_draws_its_charts(acme: TenantBuilder, read: Reading) -> None:
    sample.fill(acme, calls=150)
    for slug, report in CATALOGUE.items():
        found = drawn(read, slug, "2026-10-23", "2026-11-01")
        # The sample's agents are there day and night: none is late.
        assert len(found) >= len(report.charts) or slug == "availability-punctuality", slug
        for picture in found:
            assert picture.caption, slug
            assert texts(picture), slug


def test_nothing_is_drawn_of_nothing(read: Reading) -> None:
    for slug in CATALOGUE:
        assert drawn(read, slug, DAY) == [], slug


def test_time_that_is_cut_at_midnight_is_drawn_per_day_however_short_the_period(
    acme: TenantBuilder, read: Reading
) -> None:
    acme.agent_state("Anna", START, START + timedelta(hours=4), AgentState.AVAILABLE)
    acme.device_state("201", START, START + timedelta(hours=4))
    acme.call(START)
    for slug in ("available-agents-daily", "dnd-overview"):
        (picture,) = drawn(read, slug, DAY)
        assert picture.caption == "Per dag", slug
    (picture,) = drawn(read, "calls-by-date", DAY)
    assert picture.caption == "Per uur"


def test_bars_are_as_long_as_their_figures(acme: TenantBuilder, read: Reading) -> None:
    for extension, calls in (("201", 6), ("202", 3), ("203", 1)):
        for _ in range(calls):
            acme.call(START, extension=extension)
    (picture,) = drawn(read, "extension-activity", DAY)
    first, second, third = lengths(picture, Look(COLOUR, writer()).colours[0])[:3]
    assert first / second == pytest.approx(2, rel=0.01)
    assert first / third == pytest.approx(6, rel=0.01)


def test_a_bar_of_several_things_of_one_name_has_no_share_of_one_of_them(
    acme: TenantBuilder, read: Reading
) -> None:
    for place, wait in enumerate((5, 50)):
        acme.group(f"60{place}", "Desk", GroupKind.HUNT_GROUP)
        visit = {"contact_group": f"60{place}", "group_kind": GroupKind.HUNT_GROUP, "wait_seconds": wait}
        acme.call(START, visits=(visit,))
    (picture,) = drawn(read, "hunt-group-activity", DAY)
    assert "Desk" in texts(picture)
    assert not any("GoS" in text for text in texts(picture))


def test_the_ten_biggest_are_drawn_and_no_others(acme: TenantBuilder, read: Reading) -> None:
    for place in range(14):
        for _ in range(place + 1):
            acme.call(START, extension=str(201 + place))
    (picture,) = drawn(read, "extension-activity", DAY)
    assert [text for text in texts(picture) if text in map(str, range(201, 215))] == [
        str(number) for number in range(214, 204, -1)
    ]
    assert "14" in picture.caption


def test_a_heat_map_shows_every_call_in_its_hour(acme: TenantBuilder, read: Reading) -> None:
    for moment in ("2026-10-05T07:30", "2026-10-12T07:59", "2026-10-25T00:30", "2026-10-25T01:30"):
        acme.call(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    acme.roll_up()
    picture = drawn(read, "hourly-activity", "2026-10-05", "2026-10-25")[-1]
    # Two Mondays at nine, local time; the hour that comes twice on the 25th is one hour of the clock.
    assert sorted(text for text in texts(picture) if text.isdigit()) == ["2", "2"]


def test_parts_of_a_whole_say_their_share(acme: TenantBuilder, read: Reading) -> None:
    for outcome in (CallOutcome.VOICEMAIL, CallOutcome.VOICEMAIL, CallOutcome.VOICEMAIL, CallOutcome.CLOSED):
        acme.call(START, outcome=outcome)
    picture = drawn(read, "missed-calls", DAY)[0]
    assert {"3 (75%)", "1 (25%)"} <= set(texts(picture))


def test_a_calls_course_is_drawn_to_scale(acme: TenantBuilder, read: Reading) -> None:
    acme.group("sales", "Sales")
    acme.call(
        START,
        outside_number="+31612345678",
        wait=20,
        talk=60,
        legs=(
            {
                "kind": LegKind.OUTSIDE,
                "role": LegRole.CALLER,
                "extension": None,
                "number": "+31612345678",
                "answered_at": START + timedelta(seconds=20),
                "talk_seconds": 120,
            },
            {
                "number": "201",
                "extension": "201",
                "answered_at": START + timedelta(seconds=20),
                "talk_seconds": 60,
                "hold_seconds": 15,
            },
            {
                "number": "202",
                "extension": "202",
                "offered_at": START + timedelta(seconds=50),
                "answered_at": START + timedelta(seconds=80),
                "talk_seconds": 60,
            },
        ),
        visits=({"answered_at": START + timedelta(seconds=20), "left_at": START + timedelta(seconds=20)},),
    )
    (picture,) = drawn(read, "call-lifecycle", DAY)
    assert [text for text in texts(picture) if text.startswith(("Beller", "Sales", "20"))] == [
        "Beller 06 12345678",
        "Sales",
        "201",
        "202",
    ]
    assert "in de wacht 0:00:15" in texts(picture)
    look = Look(COLOUR, writer())
    caller, first, second = lengths(picture, look.colours[0])[:3]
    rings = lengths(picture, mixed(look.colours[0], 0.62))[:3]
    assert [first / caller, second / caller] == pytest.approx([0.5, 0.5], rel=0.01)
    assert [ring / caller for ring in rings] == pytest.approx([20 / 120, 20 / 120, 30 / 120], rel=0.02)


def test_a_name_in_a_picture_is_shown_as_it_is(acme: TenantBuilder, read: Reading) -> None:
    hostile = "$x^2$ <script>\x07&\u202e" + "w" * 80
    acme.call(START, person_id=acme.person(hostile))
    (picture,) = drawn(read, "extension-activity", DAY)
    (name,) = (text for text in texts(picture) if "script" in text)
    assert name.startswith("201 · $x^2$ <script> &")
    assert len(name) < 50


def test_a_call_that_nobody_answered_has_a_course_too(acme: TenantBuilder, read: Reading) -> None:
    acme.call(
        START,
        direction=Direction.INTERNAL,
        outcome=CallOutcome.NO_ANSWER,
        legs=({"number": "201", "extension": "201", "outcome": LegOutcome.MISSED, "ended_at": START},),
    )
    assert len(drawn(read, "call-lifecycle", DAY)) == 1
