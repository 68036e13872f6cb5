"""Every story comes out as it is written, whatever the order of its messages."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.rows import BuiltCall
from store.vocabulary import MISSED_OUTCOMES, SYSTEM_KINDS, LegRole
from tests.stories.building import built, rows
from tests.stories.events import events_of, moved
from tests.stories.reading import EXPECTED, Story, stories
from tests.stories.rows import as_written, of_section

STORIES = stories()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_comes_out_as_written(story: Story) -> None:
    found = rows(story, events_of(story))
    expected = {section: table for section, table in story.expected.items() if section in found}
    seen = {
        section: as_written(table, of_section(section, table, found[section]))
        for section, table in expected.items()
    }
    assert seen == {section: table.rows for section, table in expected.items()}, story.title


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_disorder_and_repetition_change_nothing(story: Story) -> None:
    events = events_of(story)
    disordered = random.Random(story.name).sample(events * 2, k=len(events) * 2)
    assert built(story, disordered) == built(story, events)


@given(story=st.sampled_from(STORIES), data=st.data())
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_part_of_a_story_can_be_built(story: Story, data: st.DataObject) -> None:
    """Messages get lost, files end in the middle: what is known makes calls that are sound in themselves."""
    events = events_of(story)
    heard = data.draw(st.lists(st.booleans(), min_size=len(events), max_size=len(events)))
    for call in built(story, [event for event, is_heard in zip(events, heard, strict=True) if is_heard]):
        durations = (
            call.call.wait_seconds,
            call.call.ring_seconds,
            call.call.talk_seconds,
            call.call.hold_seconds,
            *(seconds for leg in call.legs for seconds in (leg.ring_seconds, leg.talk_seconds)),
            *(visit.wait_seconds for visit in call.visits),
        )
        assert min(durations) >= 0
        assert [leg.role for leg in call.legs].count(LegRole.CALLER) >= 1
        assert call.call.hold_seconds <= call.call.talk_seconds
        assert call.call.started_at <= (call.call.ended_at or call.last_at)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_lost_message_makes_no_conversation_a_miss(story: Story) -> None:
    events = events_of(story)
    for lost in range(len(events)):
        for call in built(story, events[:lost] + events[lost + 1 :]):
            assert not (call.call.outcome in MISSED_OUTCOMES and call.call.talk_seconds), events[lost].kind


def test_stories_at_the_same_time_do_not_mix() -> None:
    """All that can happen happens at once on one telephone system, but what is about the whole system."""
    told = [story for story in STORIES if not story.settings and not _is_about_the_system(story)]
    together = [
        event
        for number, story in enumerate(told)
        for event in moved(events_of(story), timedelta(0), str(number))
    ]
    calls = Counter(_summary(call) for call in built(told[0], together))
    assert calls == Counter(_summary(call) for story in told for call in built(story, events_of(story)))


def _is_about_the_system(story: Story) -> bool:
    return any(event.kind in SYSTEM_KINDS for event in events_of(story))


def _summary(call: BuiltCall) -> tuple[object, ...]:
    rows = (call.call, *call.legs, *call.visits)
    names = ("direction", "outcome", "wait_seconds", "ring_seconds", "talk_seconds", "ended_at", "extension")
    return tuple(tuple(str(getattr(row, name, "")) for name in names) for row in rows)


def test_the_kit_is_complete() -> None:
    assert len(STORIES) >= 60
    assert len({story.title for story in STORIES}) == len(STORIES)
    assert all(story.expected and story.expected.keys() <= set(EXPECTED) for story in STORIES)
