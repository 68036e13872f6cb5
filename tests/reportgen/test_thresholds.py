"""Another answer target or short-call threshold than calls were built with holds for all of a report."""

from datetime import datetime

import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.catalogue.parts import ThresholdFilter
from store.vocabulary import CallOutcome, GroupKind, VisitOutcome
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import Reading

DAY = "2026-10-01"
START = datetime.fromisoformat("2026-10-01 09:00+02")
FIRST, LAST = "2026-10-23", "2026-11-01"


def test_another_answer_target_counts_anew(acme: TenantBuilder, read: Reading) -> None:
    for wait in (5, 15, 25):
        acme.call(START, wait=wait)
    assert read("call-response", DAY).summary["answered_in_target"] == 2
    assert read("call-response", DAY, None, "answer-target=5").summary["answered_in_target"] == 1
    assert read("call-response", DAY, None, "answer-target=25").summary["answered_in_target"] == 3


def test_another_short_call_threshold_moves_calls_between_missed_and_short(
    acme: TenantBuilder, read: Reading
) -> None:
    acme.call(START, wait=30)
    acme.call(START, outcome=CallOutcome.ABANDONED, wait=8)
    acme.call(START, outcome=CallOutcome.SHORT_ABANDONED, wait=3)
    acme.call(START, outcome=CallOutcome.VOICEMAIL, wait=3)
    expected = {None: (3, 2), "short-call=0": (4, 3), "short-call=5": (3, 2), "short-call=10": (2, 1)}
    for wanted, figures in expected.items():
        summary = read("call-response", DAY, None, *([wanted] if wanted else [])).summary
        assert (summary["offered"], summary["missed"]) == figures, wanted


@pytest.mark.parametrize("wanted", ["short-call=0", "short-call=10", "short-call=40"])
def test_a_report_of_missed_or_lost_calls_is_about_those_that_are_missed_then(
    acme: TenantBuilder, read: Reading, wanted: str
) -> None:
    sample.fill(acme)
    missed = read("call-response", FIRST, LAST, wanted).summary["missed"]
    assert read("missed-calls", FIRST, LAST, wanted).summary["total"] == missed
    outcomes = read("missed-calls", FIRST, LAST, wanted).column("outcome")
    assert len(outcomes) == missed
    assert CallOutcome.SHORT_ABANDONED not in outcomes
    lost = read("caller-tolerance", FIRST, LAST, wanted)
    assert lost.summary["lost"] == sum(lost.column("lost")) == outcomes.count(CallOutcome.ABANDONED)
    assert min(lost.column("waited")) >= int(wanted.removeprefix("short-call="))


def test_a_call_that_is_short_then_is_found_and_shown_as_one(acme: TenantBuilder, read: Reading) -> None:
    acme.call(START, outcome=CallOutcome.ABANDONED, wait=8)
    acme.call(START, outcome=CallOutcome.SHORT_ABANDONED, wait=3)
    for wanted, outcomes in (
        ("short-call=2", [CallOutcome.ABANDONED, CallOutcome.ABANDONED]),
        ("short-call=5", [CallOutcome.ABANDONED, CallOutcome.SHORT_ABANDONED]),
        ("short-call=9", [CallOutcome.SHORT_ABANDONED, CallOutcome.SHORT_ABANDONED]),
    ):
        assert sorted(read("calls-by-date", DAY, None, wanted).column("outcome")) == outcomes
        short = read("calls-by-date", DAY, None, wanted, "outcome=short_abandoned").rows
        assert len(short) == outcomes.count(CallOutcome.SHORT_ABANDONED)


def test_what_is_divided_by_offered_visits_is_of_those_that_are_offered_then(
    acme: TenantBuilder, read: Reading
) -> None:
    for wait, ring in ((30, 20), (3, 2)):
        visit = {
            "group_kind": GroupKind.HUNT_GROUP,
            "outcome": VisitOutcome.ABANDONED,
            "wait_seconds": wait,
            "ring_seconds": ring,
        }
        acme.call(START, outcome=CallOutcome.ABANDONED, visits=(visit,))
    assert read("hunt-group-activity", DAY).column("average_ring") == [11]
    assert read("hunt-group-activity", DAY, None, "short-call=5").column("average_ring") == [20]


def test_only_reports_that_can_heed_a_threshold_offer_it() -> None:
    for report in CATALOGUE.values():
        offers = any(isinstance(each, ThresholdFilter) for each in report.filters.values())
        assert not offers or report.subject.is_lost is not None, report.slug
