"""Histories: whatever is laid over them, no two things hold at once, and nothing else changes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.validity import Stretch, changed_time, from_then, overlaid, until

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = [BEGIN + timedelta(days=day) for day in range(8)]
Letter = Stretch[str]


@st.composite
def stretches(draw: st.DrawFn) -> Letter:
    lower, upper = sorted(draw(st.lists(st.integers(0, 7), min_size=2, max_size=2, unique=True)))
    return Stretch(
        None if draw(st.booleans()) and lower == 0 else MOMENTS[lower],
        None if draw(st.booleans()) and upper == 7 else MOMENTS[upper],
        draw(st.sampled_from("abc")),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Letter]:
    history: list[Letter] = []
    for stretch in draw(st.lists(stretches(), max_size=5)):
        history = overlaid(history, stretch)
    return history


def at(history: list[Letter], moment: datetime) -> str | None:
    found = [
        stretch.attributes
        for stretch in history
        if (stretch.lower is None or stretch.lower <= moment)
        and (stretch.upper is None or moment < stretch.upper)
    ]
    assert len(found) < 2
    return found[0] if found else None


PROBES = [BEGIN + timedelta(hours=12 * half) for half in range(-4, 20)]


@given(histories(), stretches())
def test_what_is_laid_over_holds_for_its_time_and_the_rest_stays(before: list[Letter], new: Letter) -> None:
    after = overlaid(before, new)
    for moment in PROBES:
        inside = (new.lower is None or new.lower <= moment) and (new.upper is None or moment < new.upper)
        assert at(after, moment) == (new.attributes if inside else at(before, moment))
    assert overlaid(after, new) == after


@given(histories(), histories())
def test_the_changed_time_holds_every_difference_and_begins_and_ends_with_one(
    before: list[Letter], after: list[Letter]
) -> None:
    time = changed_time(before, after)
    different = [moment for moment in PROBES if at(before, moment) != at(after, moment)]
    if time is None:
        assert different == []
        return
    lower, upper = time
    assert different
    assert all(lower is None or lower <= moment for moment in different)
    assert all(upper is None or moment < upper for moment in different)
    if lower is not None:
        assert lower in different
    if upper is not None:
        assert upper - timedelta(hours=12) in different


@given(histories(), st.sampled_from(MOMENTS))
def test_an_end_is_an_end_and_a_beginning_without_end_is_one_laid_over(
    before: list[Letter], moment: datetime
) -> None:
    assert all(stretch.upper is not None and stretch.upper <= moment for stretch in until(before, moment))
    after = from_then(before, moment, "x")
    assert all(at(after, each) == "x" for each in PROBES if each >= moment)
    assert all(at(after, each) == at(before, each) for each in PROBES if each < moment)
