"""Every story comes out as it is written, whatever the order of its messages."""

import random

import pytest

from tests.stories.building import built, rows
from tests.stories.events import events_of
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


def test_the_kit_is_complete() -> None:
    assert len(STORIES) >= 60
    assert len({story.title for story in STORIES}) == len(STORIES)
    assert all(story.expected and story.expected.keys() <= set(EXPECTED) for story in STORIES)
