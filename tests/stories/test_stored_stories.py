"""The stories through a real database: whole and in pieces, alone and together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from aggregator.app import Aggregator
from aggregator.check import reconcile
from store.event import Event, event_key
from store.vocabulary import AgentState, EventKind
from tests.conftest import Database
from tests.stories.building import rows
from tests.stories.events import events_of, moved
from tests.stories.reading import Story, stories
from tests.stories.rows import as_written, of_section, value_of
from tests.stories.stored import Rows, stored_pbx, work_off

STORIES = stories()
_NUMBERS = count(1)


def written(story: Story, found: Rows) -> dict[str, list[dict[str, str]]]:
    return {
        section: as_written(table, of_section(section, table, found[section]))
        for section, table in story.expected.items()
    }


def expected(story: Story) -> dict[str, list[dict[str, str]]]:
    return {section: table.rows for section, table in story.expected.items()}


def test_every_story_comes_out_as_written(database: Database) -> None:
    with database.connect(autocommit=True) as connection:
        stored = [(story, stored_pbx(connection, f"story-{next(_NUMBERS)}", story)) for story in STORIES]
        for story, pbx in stored:
            pbx.hear(events_of(story))
        work_off(connection, database.url)
        seen = {story.name: written(story, pbx.rows()) for story, pbx in stored}
        assert seen == {story.name: expected(story) for story in STORIES}
        for _, pbx in stored:
            assert not list(reconcile(connection, pbx.tenant, *_ALL_TIME))


_ALL_TIME = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@given(story=st.sampled_from(STORIES), data=st.data())
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_story_in_two_imports_comes_out_the_same(
    database: Database, story: Story, data: st.DataObject
) -> None:
    """Whatever part of the events comes first, however mixed: the second import completes it."""
    events = data.draw(st.permutations(events_of(story)))
    cut = data.draw(st.integers(0, len(events)))
    with database.connect(autocommit=True) as connection:
        whole = stored_pbx(connection, f"story-{next(_NUMBERS)}", story)
        parts = stored_pbx(connection, f"story-{next(_NUMBERS)}", story)
        whole.hear(events)
        parts.hear(events[:cut])
        work_off(connection, database.url)
        parts.hear(events[cut:])
        work_off(connection, database.url)
        assert without_identities(parts.rows()) == without_identities(whole.rows())
        assert written(story, parts.rows()) == expected(story)


def without_identities(found: Rows) -> Rows:
    """All but the numbers that differ between two tenants with the same calls."""
    return {
        section: [{column: row[column] for column in row.keys() - _identities(row)} for row in section_rows]
        for section, section_rows in found.items()
    }


def _identities(row: Mapping[str, Any]) -> set[str]:
    return {"also_units", "also_persons", *(column for column in row if column.endswith("_id"))}


def test_told_as_it_happens_everything_adds_up_at_every_moment(database: Database) -> None:
    """Every twentieth story, message by message, with the aggregator at work after each."""
    with database.connect(autocommit=True) as connection:
        stored = [
            (story, stored_pbx(connection, f"story-{next(_NUMBERS)}", story), events_of(story))
            for story in STORIES[::20]
        ]
        aggregator = Aggregator(database.url)
        for step in range(max(len(events) for _, _, events in stored)):
            for _, pbx, events in stored:
                pbx.hear(events[step : step + 1])
            aggregator.work_off(connection)
            for _, pbx, _ in stored:
                assert not list(reconcile(connection, pbx.tenant, *_ALL_TIME))
        for story, pbx, _ in stored:
            assert written(story, pbx.rows()) == expected(story)


APART = timedelta(days=3)
"""Between two stories that are told to one tenant: more than a missed call is looked after in this test."""

COUNTED = {
    "Calls": (
        "wait_seconds",
        "ring_seconds",
        "talk_seconds",
        "hold_seconds",
        "duration_seconds",
        "transfers",
    ),
    "Legs": ("ring_seconds", "talk_seconds", "hold_seconds"),
    "Visits": ("wait_seconds", "ring_seconds", "talk_seconds"),
}


def test_stories_together_come_to_the_sums_of_each(database: Database) -> None:
    """All stories of the company as it is, told to one tenant one after the other."""
    told = [story for story in STORIES if not story.settings]
    with database.connect(autocommit=True) as connection:
        pbx = stored_pbx(connection, "together")
        connection.execute("UPDATE store.tenant SET unreturned_days = 1 WHERE slug = 'together'")
        for number, story in enumerate(told):
            day = _BEGIN + number * APART
            events = closed(events_of(story))
            pbx.hear(moved(events, day - events[0].occurred_at, str(number)))
        work_off(connection, database.url)
        found = pbx.rows()
        assert totals(found) == sum((totals(alone(story)) for story in told), Counter())
        assert Counter(row["state"] for row in found["Missed"]) == missed_states(told)
        assert not list(reconcile(connection, pbx.tenant, *_ALL_TIME))


_BEGIN = datetime(2027, 1, 4, 8, tzinfo=UTC)


def closed(events: Sequence[Event]) -> list[Event]:
    """With a restart a day later, so that nobody stays signed in into the next story."""
    at = max(event.occurred_at for event in events) + timedelta(days=1)
    restart = Event(kind=EventKind.SYSTEM_STARTED, occurred_at=at, key=event_key(b"restart", at))
    return [*events, restart]


def alone(story: Story) -> dict[str, Sequence[Any]]:
    return rows(story, closed(events_of(story)))


def totals(found: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """How many rows there are of each kind, and their seconds."""
    sums: Counter[tuple[str, ...]] = Counter()
    for section, columns in COUNTED.items():
        for row in found[section]:
            kind = (section, str(value_of(row, "direction")), str(value_of(row, "outcome")))
            sums[kind] += 1
            for column in columns:
                sums[(*kind, column)] += value_of(row, column)
    for row in found["States"]:
        state, until = value_of(row, "state"), value_of(row, "until_at")
        if state != AgentState.SIGNED_OUT:
            seconds = round((until - value_of(row, "from_at")).total_seconds())
            sums["States", value_of(row, "agent"), str(state)] += seconds
    return +sums


def missed_states(told: Iterable[Story]) -> Counter[str]:
    tables = (story.expected["Missed"] for story in told if "Missed" in story.expected)
    return Counter(row["state"] for table in tables for row in table.rows)
