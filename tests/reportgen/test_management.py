"""What the management report observes: true of the figures, and no more than they tell."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from reportgen.chapters import chapters, observed
from reportgen.compile.period import Period, period_before
from reportgen.render.outputs import Output, blocks
from reportgen.run import answer
from reportgen.texts import Language
from reportgen.units import Writer
from store.vocabulary import CallOutcome
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

MONDAY, SUNDAY = "2026-10-19", "2026-10-25"
NINE = datetime(2026, 10, 19, 7, 10, tzinfo=UTC)
A_WEEK = timedelta(days=7)


def said(acme: TenantBuilder, read: Reading, language: Language, *filters: str) -> list[tuple[str, str]]:
    """Each observation's mark and text."""
    acme.roll_up()
    question = read.question("management-summary", MONDAY, SUNDAY, *filters)
    writer = Writer(language, question.tenant.time_zone)
    with answer(read.connection, question, now=NOW, made_by="test") as result:
        return [(each.mark, each.text) for each in observed(result, writer)]


def test_nothing_is_said_of_nothing(acme: TenantBuilder, read: Reading) -> None:
    assert said(acme, read, Language.ENGLISH) == [("fact", "No call was offered in this period.")]


def test_a_week_is_held_against_the_week_before_and_its_targets(acme: TenantBuilder, read: Reading) -> None:
    acme.ddi("+31201234500", "Main")
    for _ in range(10):
        acme.call(NINE - A_WEEK, ddi="+31201234500", wait=5)
    for place in range(12):
        acme.call(NINE, ddi="+31201234500", wait=5 if place < 6 else 60)
    for place in range(8):
        acme.call(
            NINE + timedelta(hours=3),
            ddi="+31201234500",
            outcome=CallOutcome.ABANDONED,
            outside_number=f"+3161234560{place % 2}",
            wait=10 * (place + 1),
        )
    assert said(acme, read, Language.ENGLISH) == [
        ("fact", "Calls offered: 20, 100.0% more than in the period before (10)."),
        ("attention", "The grade of service was 30.0%, below its target of 80% (period before: 100.0%)."),
        (
            "attention",
            "In 2 of 2 hours of the day the target was not reached; least of all from 12:00 to 13:00: 0.0%.",
        ),
        (
            "attention",
            "Calls missed: 8, 40.0% of those offered; that was 0.0% in the period before, and has gone up.",
        ),
        ("attention", "The line with the most missed calls was Main (020 123 4500): 8 of 20 (40.0%)."),
        ("good", "Every caller who could be called back was called back."),
        (
            "fact",
            (
                "8 callers gave up while ringing or waiting; half of them within 0:00:40, "
                "nine of ten within 0:01:20."
            ),
        ),
        ("fact", "The busiest hour was Monday from 9:00 to 10:00, with 60.0% of all calls offered."),
    ]


def test_reached_targets_and_fewer_misses_are_good(acme: TenantBuilder, read: Reading) -> None:
    for _ in range(5):
        acme.call(NINE - A_WEEK, outcome=CallOutcome.VOICEMAIL)
        acme.call(NINE - A_WEEK)
    for _ in range(10):
        acme.call(NINE, wait=5)
    found = {text.split(":")[0]: mark for mark, text in said(acme, read, Language.ENGLISH)}
    assert found["The grade of service was 100.0% and reached its target of 80% (period before"] == "good"
    assert found["Calls missed"] == "good"


def test_the_tenants_own_target_counts(acme: TenantBuilder, read: Reading) -> None:
    for wait in (5, 60):
        acme.call(NINE, wait=wait)
    acme.connection.execute("UPDATE store.tenant SET gos_target_percent = 50")
    assert (
        "good",
        "Het serviceniveau (GoS) was 50,0% en haalde het doel van 50% (periode ervoor: –).",
    ) in said(acme, read, Language.DUTCH)


def missed_call(acme: TenantBuilder) -> None:
    """One that nobody returned."""
    call_id = acme.call(NINE, outcome=CallOutcome.VOICEMAIL, outside_number="+31612345678")
    acme.connection.execute(
        "INSERT INTO store.missed_call (tenant_id, started_at, call_id, outside_number, target_seconds) "
        "VALUES (%s, %s, %s, '+31612345678', 1800)",
        (acme.tenant_id, NINE, call_id),
    )


def test_callers_to_be_called_back_are_counted_once(acme: TenantBuilder, read: Reading) -> None:
    for _ in range(3):
        missed_call(acme)
    acme.connection.execute("UPDATE store.tenant SET unreturned_days = 36500")
    found = said(acme, read, Language.DUTCH)
    assert ("attention", "Nog terug te bellen: 1 bellers, samen 3 keer gemist.") in found


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (36500, "Callers still to be called back: 1, who were missed 1 times in all."),
        (1, "Nobody is left to be called back; 1 missed calls became too old without being returned."),
    ],
)
def test_a_missed_call_that_became_too_old_was_not_returned(
    acme: TenantBuilder, read: Reading, days: int, text: str
) -> None:
    missed_call(acme)
    acme.connection.execute("UPDATE store.tenant SET unreturned_days = %s", [days])
    assert text in [said_text for _mark, said_text in said(acme, read, Language.ENGLISH)]


def test_the_observations_are_of_what_is_filtered_on(acme: TenantBuilder, read: Reading) -> None:
    acme.call(NINE, ddi="+31201234500", wait=5)
    acme.call(NINE, ddi="+31201234510", wait=60)
    found = said(acme, read, Language.ENGLISH, "ddi=+31201234500")
    assert found[0][1].startswith("Calls offered: 1.")
    assert found[1][0] == "good"


def test_a_document_has_its_chapters_and_leaves_out_those_that_cannot_be_filtered_alike(
    acme: TenantBuilder, read: Reading
) -> None:
    acme.call(NINE)
    for filters, missing in ((), set()), (("wait=0..10",), {"extension-activity"}):
        question = read.question("management-summary", MONDAY, SUNDAY, *filters)
        with answer(read.connection, question, now=NOW, made_by="test") as result:
            found = {chapter.question.report.slug for chapter in chapters(result)}
        assert set(question.report.chapters) - found == missing


def test_a_chapter_has_its_biggest_rows_with_the_figures_of_the_report_itself(
    acme: TenantBuilder, read: Reading
) -> None:
    for wait, calls in ((5, 1), (10, 3), (20, 2)):
        for _ in range(calls):
            acme.call(NINE, outcome=CallOutcome.ABANDONED, wait=wait)
    itself = read("caller-tolerance", MONDAY, SUNDAY)
    with answer(
        read.connection, read.question("management-summary", MONDAY, SUNDAY), now=NOW, made_by="test"
    ) as result:
        chapter = next(each for each in chapters(result) if each.question.report.slug == "caller-tolerance")
    rows = list(chapter.rows)
    assert [row[:2] for row in rows] == [(10, 3), (20, 2), (5, 1)]
    assert sorted(rows) == sorted(itself.rows)


def test_a_chapter_is_left_out_where_a_filter_of_that_name_means_something_else(
    acme: TenantBuilder, read: Reading
) -> None:
    acme.call(NINE, outcome=CallOutcome.VOICEMAIL)
    question = read.question("management-summary", MONDAY, SUNDAY, "outcome=voicemail")
    with answer(read.connection, question, now=NOW, made_by="test") as result:
        found = {chapter.question.report.slug for chapter in chapters(result)}
    # A leg of an extension has outcomes of its own, and none of them is voicemail.
    assert set(question.report.chapters) - found == {"extension-activity"}


@pytest.mark.parametrize("clock", ["2026-10-20 00:30+02", "2026-10-20 23:30+02"])
def test_what_has_passed_of_a_period_ends_with_the_tenants_own_today(
    acme: TenantBuilder, read: Reading, clock: str
) -> None:
    for day in range(3):
        acme.call(NINE + timedelta(days=day - 3))
        acme.call(NINE + timedelta(days=day))
    acme.roll_up()
    question = read.question("management-summary", MONDAY, SUNDAY)
    writer = Writer(Language.ENGLISH, question.tenant.time_zone)
    now = datetime.fromisoformat(clock)
    with answer(read.connection, question, now=now, made_by="test") as result:
        # Monday and Tuesday against the Saturday and the Sunday before.
        assert observed(result, writer)[0].text.startswith(
            "Calls offered: 2, about as many as in the period before (2)."
        )


def test_json_tells_what_was_observed(acme: TenantBuilder, read: Reading) -> None:
    acme.call(NINE, wait=5)
    acme.roll_up()
    question = read.question("management-summary", MONDAY, SUNDAY)
    parts = blocks(
        read.connection,
        question,
        Writer(Language.ENGLISH, "Europe/Amsterdam"),
        Output("json"),
        now=NOW,
        made_by="test",
    )
    found = json.loads(b"".join(parts))
    assert found["summary"]["gos"] == 100.0
    assert found["observations"][1] == {
        "mark": "good",
        "text": "The grade of service was 100.0% and reached its target of 80% (period before: –).",
        "advice": "",
    }


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-10-19", "2026-10-25", ("2026-10-12", "2026-10-18")),
        ("2026-10-25", "2026-10-25", ("2026-10-24", "2026-10-24")),
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
    ],
)
def test_whole_months_are_held_against_whole_months(first: str, last: str, before: tuple[str, str]) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last), "Europe/Amsterdam")
    found = period_before(period)
    assert (found.first_day.isoformat(), found.last_day.isoformat()) == before
