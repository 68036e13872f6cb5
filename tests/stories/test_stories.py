"""Every story comes out as it is written: calls, legs and visits, whatever the order of its messages."""

import random

import pytest
from aggregator.calls import build_calls

from aggregator.rows import BuiltCall
from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from store.event import Event
from tests.recordings import LAB_PBX, lab_organisation
from tests.stories.reading import Story, stories
from tests.stories.rows import as_written

STORIES = stories()


def events_of(story: Story) -> list[Event]:
    """Through the same parser and translation as a PBX's own bytes."""
    parser = MessageParser(is_wanted)
    events = []
    for sequence, said in enumerate(story.said, start=1):
        for message in parser.feed(said.message + b"\r\n\r\n"):
            assert isinstance(message, Message), message
            events.extend(translate(message, said.at, sequence))
    return events


def built(story: Story, events: list[Event]) -> list[BuiltCall]:
    return sorted(
        build_calls(events, lab_organisation(story.settings), LAB_PBX), key=lambda call: call.call.started_at
    )


def rows(calls: list[BuiltCall]) -> dict[str, list[object]]:
    return {
        "Calls": [call.call for call in calls],
        "Legs": [leg for call in calls for leg in sorted(call.legs, key=lambda leg: leg.leg_number)],
        "Visits": [
            visit for call in calls for visit in sorted(call.visits, key=lambda visit: visit.visit_number)
        ],
    }


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_comes_out_as_written(story: Story) -> None:
    found = rows(built(story, events_of(story)))
    for section in story.expected.keys() & found.keys():
        table = story.expected[section]
        assert as_written(table, found[section]) == table.rows, f"{story.title}: {section}"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_disorder_and_repetition_change_nothing(story: Story) -> None:
    events = events_of(story)
    disordered = random.Random(story.name).sample(events * 2, k=len(events) * 2)
    assert built(story, disordered) == built(story, events)


def test_the_kit_is_complete() -> None:
    assert len(STORIES) >= 60
    assert len({story.title for story in STORIES}) == len(STORIES)
