"""Agents' states and do-not-disturb of the recordings against what was really done, to within a second."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.aggregator.recorded_pbx import RecordedPbx
from tests.recordings import PEOPLE, events, truth

SLACK = timedelta(seconds=1)


def done(*types: str) -> Iterator[tuple[dict[str, Any], datetime, datetime]]:
    """What was done with the telephones and the manager interface, and between which times."""
    for action in truth("scenarios-a")["agent_events"]:
        if action["type"] in types:
            earliest = datetime.fromtimestamp(action["at"], UTC)
            latest = datetime.fromtimestamp(action.get("until", action["at"]), UTC)
            yield action, earliest - SLACK, latest + SLACK


def agent_of(action: dict[str, Any]) -> str:
    parameters = action["params"]
    extension = parameters.get("ext") or re.findall(r"\d+", parameters["Interface"])[0]
    return PEOPLE[extension]


def sessions_of(recorded: RecordedPbx, action: dict[str, Any]) -> list[tuple[Any, ...]]:
    return recorded.connection.execute(
        """
        SELECT contact_group, from_at, until_at, paused, reason FROM store.agent_group_session
        WHERE agent = %s AND (contact_group = %s OR %s) ORDER BY contact_group, from_at
        """,
        (agent_of(action), action["params"].get("Queue"), "Queue" not in action["params"]),
    ).fetchall()


def test_sign_ins_and_sign_outs_are_those_that_were_done(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    checked = 0
    for action, earliest, latest in done("login", "logout"):
        found = sessions_of(recorded, action)
        moment = 1 if action["type"] == "login" else 2
        assert [row for row in found if row[moment] and earliest <= row[moment] <= latest], action
        checked += 1
    assert checked == 18


def test_pauses_are_those_that_were_made(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    checked = 0
    for action, earliest, latest in done("pause", "unpause"):
        pausing = action["type"] == "pause"
        begun = [
            why
            for _, from_at, _, paused, why in sessions_of(recorded, action)
            if paused == pausing and earliest <= from_at <= latest
        ]
        assert begun == [action["params"].get("Reason") if pausing else None], action
        checked += 1
    assert checked == 27


def test_an_agent_paused_in_the_only_queue_is_unavailable(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    for action, earliest, latest in done("pause"):
        rows = recorded.connection.execute(
            "SELECT reason FROM store.agent_state WHERE agent = %s AND state = 'unavailable' "
            "AND from_at BETWEEN %s AND %s",
            (agent_of(action), earliest, latest),
        ).fetchall()
        assert rows == [(action["params"].get("Reason"),)], action


def test_do_not_disturb_is_on_when_it_was_switched_on(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    for word, column in (("dnd_on", "from_at"), ("dnd_off", "until_at")):
        for action, earliest, latest in done(word):
            late = latest + timedelta(seconds=1 if "feature code" in action["via"] else 0)
            rows = recorded.connection.execute(
                f"SELECT 1 FROM store.device_state WHERE extension = %s AND {column} BETWEEN %s AND %s",
                (action["ext"], earliest, late),
            ).fetchall()
            assert len(rows) == 1, action
    assert len(recorded.rows("device_state")) == 6


def test_states_of_an_agent_follow_each_other_without_a_hole(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    for name in PEOPLE.values():
        states = recorded.connection.execute(
            "SELECT from_at, until_at FROM store.agent_state WHERE agent = %s ORDER BY from_at", (name,)
        ).fetchall()
        assert states
        assert states[-1][1] is None
        assert all(one[1] == following[0] for one, following in pairwise(states))


def test_talking_agents_are_busy_with_their_call(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    answered = recorded.connection.execute(
        """
        SELECT l.agent, l.call_id, l.answered_at FROM store.leg l
        WHERE l.outcome = 'answered' AND l.agent IS NOT NULL AND l.contact_group = 'sales'
        """
    ).fetchall()
    assert answered
    for agent, call_id, answered_at in answered:
        busy = recorded.connection.execute(
            "SELECT count(*) FROM store.agent_state WHERE agent = %s AND call_id = %s AND state = 'busy' "
            "AND from_at BETWEEN %s::timestamptz - interval '1 s' AND %s::timestamptz + interval '1 s'",
            (agent, call_id, answered_at, answered_at),
        ).fetchone()
        assert busy == (1,)


def test_wrap_up_lasts_as_long_as_the_group_says(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    lasted = recorded.connection.execute(
        "SELECT max(until_at - from_at), count(*) FROM store.agent_state WHERE state = 'wrap_up'"
    ).fetchone()
    assert lasted is not None
    assert lasted[0] == timedelta(seconds=3)
    assert lasted[1] >= 10
