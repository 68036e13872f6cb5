"""How values are written, per language."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.csv_file import guarded
from reportgen.texts import Language
from reportgen.units import (
    COUNT,
    DATE_TIME,
    DAY,
    DURATION,
    INTERVAL,
    MONTH,
    NUMBER,
    OUTCOME,
    PERCENT,
    TEXT,
    Unit,
    Writer,
    hms,
    machine,
)

DUTCH = Writer(Language.DUTCH, "Europe/Amsterdam")
ENGLISH = Writer(Language.ENGLISH, "Europe/Amsterdam")
MOMENT = datetime(2026, 10, 5, 12, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("unit", "value", "dutch", "english"),
    [
        (COUNT, 1234567, "1.234.567", "1,234,567"),
        (PERCENT, Decimal("87.5"), "87,5%", "87.5%"),
        (PERCENT, Decimal("0.0"), "0,0%", "0.0%"),
        (PERCENT, Decimal("12.25"), "12,3%", "12.3%"),
        (DURATION, 3725, "1:02:05", "1:02:05"),
        (DURATION, 360000, "100:00:00", "100:00:00"),
        (DATE_TIME, MOMENT, "05-10-2026 14:03:04", "05/10/2026 14:03:04"),
        (DAY, MOMENT, "ma 05-10-2026", "Mon 05/10/2026"),
        (MONTH, MOMENT, "oktober 2026", "October 2026"),
        (NUMBER, "+31201234567", "020 123 4567", "020 123 4567"),
        (NUMBER, "+493012345678", "+49 30 12345678", "+49 30 12345678"),
        (NUMBER, "201", "201", "201"),
        (OUTCOME, "abandoned", "Opgehangen", "Abandoned"),
        (TEXT, "Zoë", "Zoë", "Zoë"),
    ],
)
def test_people_read_values_the_local_way(unit: Unit, value: object, dutch: str, english: str) -> None:
    assert DUTCH.write(unit, value) == dutch
    assert ENGLISH.write(unit, value) == english


@pytest.mark.parametrize("unit", [COUNT, PERCENT, DURATION, DATE_TIME, DAY, MONTH, NUMBER, OUTCOME, TEXT])
def test_nothing_is_written_as_nothing(unit: Unit) -> None:
    assert DUTCH.write(unit, None) == ""


def test_only_an_hour_that_comes_twice_shows_its_offset() -> None:
    hours = [datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in range(3)]
    assert [DUTCH.write(INTERVAL, hour) for hour in hours] == [
        "25-10-2026 02:00 (+02:00)",
        "25-10-2026 02:00 (+01:00)",
        "25-10-2026 03:00",
    ]
    assert DUTCH.write(INTERVAL, datetime(2026, 3, 29, 1, tzinfo=UTC)) == "29-03-2026 03:00"


def test_programs_get_offsets_and_points() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    assert machine(MOMENT, zone) == "2026-10-05T14:03:04+02:00"
    assert machine(Decimal("87.5"), zone) == 87.5


@given(st.integers(0, 10**7))
def test_a_duration_can_be_read_back(seconds: int) -> None:
    hours, minutes, rest = map(int, hms(seconds).split(":"))
    assert (hours * 60 + minutes) * 60 + rest == seconds
    assert minutes < 60 > rest


@given(st.text())
def test_no_text_reaches_a_spreadsheet_as_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert guarded(text).endswith(text)
