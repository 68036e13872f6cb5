"""The played company: the same every time, plausible, and never in two places at once."""

import gzip
import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.ami_messages import day_messages
from simulator.company import make_company, outside_number
from simulator.day import plan_day
from simulator.history import write_day
from simulator.plan import GRID, Day, Dialling, Joined, QueueStay
from simulator.tenant_file import tenant_file
from store.seed import SeedFile
from store.vocabulary import Direction

COMPANY = make_company()
MONDAY = date(2026, 9, 14)
SATURDAY = date(2026, 9, 12)
SUNDAY = date(2026, 9, 13)
KINGS_DAY = date(2026, 4, 27)
CLOCK_FORWARD = date(2026, 3, 29)
CLOCK_BACK = date(2026, 10, 25)


def occupied(day: Day) -> dict[str, list[tuple[int, int]]]:
    """When each telephone rings or is used."""
    times: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for call in day.calls:
        if call.extension:
            times[call.extension].append((call.begin, call.end))
        for stage in call.stages:
            if isinstance(stage, Joined):
                talk = stage.conversation
                times[talk.party].append((stage.consultation.ring.begin, talk.end))
            elif isinstance(stage, Dialling | QueueStay):
                talked = stage.conversation
                for ring in stage.rings:
                    answered = talked is not None and ring.device == talked.party and ring.end == talked.begin
                    times[ring.device].append((ring.begin, talked.end if answered and talked else ring.end))
    return times


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_day(MONDAY, tmp_path).path.read_bytes()
    again = write_day(MONDAY, tmp_path).path.read_bytes()
    assert first == again
    other = write_day(MONDAY, tmp_path, seed=7).path.read_bytes()
    assert gzip.decompress(first) != gzip.decompress(other)


def test_the_company_has_what_a_company_has() -> None:
    assert len(COMPANY.persons) == 60
    assert len({person.site for person in COMPANY.persons}) == 2
    assert len({person.department for person in COMPANY.persons}) == 4
    assert (len(COMPANY.queues), len(COMPANY.hunt_groups), len(COMPANY.lines)) == (3, 2, 12)
    assert len(COMPANY.customers) == 400
    assert {queue.local_members for queue in COMPANY.queues} == {True, False}


def test_its_tenant_file_is_one() -> None:
    seed = SeedFile(tenant_file(COMPANY), "company").seed
    assert len(seed.extensions or []) == 60
    assert len(seed.customers or []) == 400


@pytest.mark.parametrize(
    ("day", "fewest", "most"),
    [(MONDAY, 350, 550), (SATURDAY, 20, 110), (SUNDAY, 5, 60), (KINGS_DAY, 5, 60)],
)
def test_a_day_has_its_rhythm(day: date, fewest: int, most: int) -> None:
    assert fewest <= len(plan_day(COMPANY, day).calls) <= most


def test_a_working_week_has_everything_that_happens_on_telephones() -> None:
    calls = [call for offset in range(5) for call in plan_day(COMPANY, MONDAY + timedelta(offset)).calls]
    stages = [stage for call in calls for stage in call.stages]
    assert {call.direction for call in calls} == set(Direction)
    assert {type(stage).__name__ for stage in stages} == {
        "Announcement",
        "Dialling",
        "Joined",
        "QueueStay",
        "Voicemail",
    }
    results = Counter(
        ring.result.value
        for stage in stages
        if isinstance(stage, Dialling | QueueStay)
        for ring in stage.rings
    )
    assert {"answered", "no_answer", "busy", "given_up", "elsewhere", "not_disturbed", "failed"} <= set(
        results
    )
    assert any(call.withheld for call in calls)
    assert any(isinstance(stage, QueueStay) and stage.timed_out for stage in stages)


@pytest.mark.parametrize("day", [MONDAY, SATURDAY, SUNDAY, CLOCK_FORWARD, CLOCK_BACK])
def test_nobody_is_on_two_calls_at_once_and_all_calls_end_that_day(day: date) -> None:
    plan = plan_day(COMPANY, day)
    assert all(plan.begin <= call.begin <= call.end < plan.end for call in plan.calls)
    for extension, times in occupied(plan).items():
        if extension.startswith(("+", "0")):
            continue
        # A telephone that was found busy did not ring.
        used = sorted((begin, end) for begin, end in times if begin < end)
        for (_, end), (begin, _) in pairwise(used):
            assert begin >= end, (extension, begin, end)


def test_every_moment_lies_on_the_grid() -> None:
    plan = plan_day(COMPANY, MONDAY)
    assert all(call.begin % GRID == call.end % GRID == 0 for call in plan.calls)


def test_agents_take_no_queue_calls_while_they_are_away() -> None:
    plan = plan_day(COMPANY, MONDAY)
    away: dict[str, list[int]] = defaultdict(list)
    for sign in plan.signs:
        if sign.queues:
            away[sign.extension].append(sign.at)
    for call in plan.calls:
        for stage in call.stages:
            if isinstance(stage, QueueStay):
                for ring in stage.rings:
                    changes = sum(at <= ring.begin for at in away[ring.device])
                    # Signed in, back from a pause, back from another: an odd number of changes.
                    assert changes % 2 == 1, (ring, away[ring.device])


def test_every_channel_begins_once_and_ends_once() -> None:
    begun, ended = Counter[str](), Counter[str]()
    for _, message in day_messages(COMPANY, plan_day(COMPANY, MONDAY)):
        fields = dict(line.split(": ", 1) for line in message.split("\r\n") if ": " in line)
        if fields["Event"] == "Newchannel":
            begun[fields["Uniqueid"]] += 1
        elif fields["Event"] == "Hangup":
            ended[fields["Uniqueid"]] += 1
    assert begun == ended
    assert set(begun.values()) == {1}


def test_messages_come_in_order_and_few() -> None:
    plan = plan_day(COMPANY, MONDAY)
    messages = day_messages(COMPANY, plan)
    moments = [moment for moment, _ in messages]
    assert moments == sorted(moments)
    assert 15 <= len(messages) / len(plan.calls) <= 30


def test_made_up_numbers_can_be_told_from_real_ones() -> None:
    randomness = random.Random(1)
    for _ in range(2000):
        number = outside_number(randomness)
        assert number.startswith(
            ("+3168000", "+44207946", "+4930231", "+3319900", "+12125550", "+46846500")
        ) or (number.startswith("+31") and number[3:].lstrip("0123456789") == "" and "1" in number[4:7])
