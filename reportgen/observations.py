"""What a management report says of its figures: sentences computed from them, with what could be done.

A rule looks at the facts and says one thing, or nothing. Its figures are those of the catalogue's reports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from babel.dates import get_day_names
from sqlalchemy import ColumnElement

from reportgen.catalogue import CATALOGUE
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Columns, Condition, Report
from reportgen.compile.period import Period, period_before
from reportgen.further import Further
from reportgen.texts import _, locale
from reportgen.units import COUNT, DURATION, NUMBER, PERCENT, Unit, Writer

Mark = Literal["good", "attention", "fact"]
LEAST_SHARE = 0.02
"""Of all offered calls: hours and lines with fewer tell nothing."""
LEAST_CALLS = 5
CHANGE_WORTH_SAYING = Decimal(5)
"""Percent of calls, and percentage points of shares."""
CLOSED_WORTH_SAYING = 5
"""Percent of the offered calls."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that the figures tell, in the reader's language."""

    mark: Mark
    text: str
    advice: str
    """What could be done about it; empty when nothing needs to be."""


@dataclass(frozen=True)
class Facts:
    """The figures that rules look at, each asked for when it is first needed."""

    report: Report
    further: Further
    period: Period
    """What of the report's period has passed."""
    writer: Writer
    target: int = field(default=80)

    @cached_property
    def now(self) -> Mapping[str, Any]:
        return self.further.summary(self.report, period=self.period).keyed()[0]

    @cached_property
    def before(self) -> Mapping[str, Any]:
        return self.further.summary(self.report, period=period_before(self.period)).keyed()[0]

    @cached_property
    def hours(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Weekday (Monday is 0) and hour → offered, and of them answered in target."""
        report = replace(
            self.report, dimensions=(by.hour,), figures=(m.offered, m.answered_in_target), charts=()
        )
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for row in self.further.table(report, period=self.period).keyed():
            local = self.writer.local(row["hour"])
            place = (local.weekday(), local.hour)
            offered, in_target = found.get(place, (0, 0))
            found[place] = (offered + row["offered"], in_target + row["answered_in_target"])
        return found

    @cached_property
    def outcomes(self) -> dict[str, int]:
        report = replace(self.report, dimensions=(by.outcome,), figures=(m.offered,), charts=())
        return {
            row["outcome"]: row["offered"] for row in self.further.table(report, period=self.period).keyed()
        }

    def rows(self, slug: str) -> list[dict[str, Any]]:
        """Of another report; none when it cannot be filtered alike."""
        other = CATALOGUE[slug]
        return self.further.table(other, period=self.period).keyed() if self.further.can_filter(other) else []

    def summary(self, slug: str, only: Condition | None = None) -> Mapping[str, Any] | None:
        """Of another report, or of other rows of its subject; None when it cannot be filtered alike."""
        other = CATALOGUE[slug]
        if not self.further.can_filter(other):
            return None
        shown = replace(other, only=only) if only else other
        return self.further.summary(shown, period=self.period).keyed()[0]

    def say(self, mark: Mark, sentence: str, advice: str = "", /, **values: object) -> Observation:
        text = self.writer.text
        return Observation(mark, text(sentence, **values), text(advice, **values) if advice else "")

    def write(self, unit: Unit, value: Any) -> str:
        return self.writer.write(unit, value)


def observations(facts: Facts) -> tuple[Observation, ...]:
    """What there is to say, in the order of the rules; one sentence when nobody called."""
    if not facts.now["offered"]:
        return (facts.say("fact", _("No call was offered in this period.")),)
    found = (rule(facts) for rule in RULES)
    return tuple(each for each in found if each is not None)


def _volume(facts: Facts) -> Observation | None:
    offered, before = facts.now["offered"], facts.before["offered"]
    said: dict[str, object] = {"offered": facts.write(COUNT, offered), "before": facts.write(COUNT, before)}
    if not before:
        return facts.say(
            "fact", _("Calls offered: {offered}. There are none from before to compare with."), **said
        )
    change = Decimal(100) * (offered - before) / before
    said["change"] = facts.write(PERCENT, abs(change))
    if change >= CHANGE_WORTH_SAYING:
        return facts.say(
            "fact",
            _("Calls offered: {offered}, {change} more than in the period before ({before})."),
            _("See whether the staffing of the busiest hours still fits."),
            **said,
        )
    if change <= -CHANGE_WORTH_SAYING:
        return facts.say(
            "fact",
            _("Calls offered: {offered}, {change} fewer than in the period before ({before})."),
            **said,
        )
    return facts.say(
        "fact", _("Calls offered: {offered}, about as many as in the period before ({before})."), **said
    )


def _grade_of_service(facts: Facts) -> Observation | None:
    gos, before = facts.now["gos"], facts.before["gos"]
    said: dict[str, object] = {
        "gos": facts.write(PERCENT, gos),
        "target": f"{facts.target}%",
        "before": facts.write(PERCENT, before) or "–",
    }
    if gos >= facts.target:
        return facts.say(
            "good",
            _("The grade of service was {gos} and reached its target of {target} (period before: {before})."),
            **said,
        )
    return facts.say(
        "attention",
        _("The grade of service was {gos}, below its target of {target} (period before: {before})."),
        _("Look first at the hours named below: more people there raise the grade of service the most."),
        **said,
    )


def _hour_below_target(facts: Facts) -> Observation | None:
    by_hour: dict[int, tuple[int, int]] = {}
    for (_weekday, hour), (offered, in_target) in facts.hours.items():
        both = by_hour.get(hour, (0, 0))
        by_hour[hour] = (both[0] + offered, both[1] + in_target)
    least = max(LEAST_CALLS, LEAST_SHARE * facts.now["offered"])
    shares = {
        hour: Decimal(100) * hit / offered for hour, (offered, hit) in by_hour.items() if offered >= least
    }
    below = {hour: share for hour, share in shares.items() if share < facts.target}
    if not below:
        return None
    worst = min(below, key=lambda hour: (below[hour], hour))
    return facts.say(
        "attention",
        _(
            "In {count} of {hours} hours of the day the target was not reached; "
            "least of all from {begin} to {end}: {gos}."
        ),
        _(
            "Move breaks and paperwork out of the hour from {begin} to {end}, "
            "or have another group help out then."
        ),
        count=len(below),
        hours=len(shares),
        begin=f"{worst}:00",
        end=f"{worst + 1}:00",
        gos=facts.write(PERCENT, below[worst]),
    )


def _busiest_hour(facts: Facts) -> Observation | None:
    # The sums of quarter hours can come a moment after those of days.
    if not facts.hours:
        return None
    (weekday, hour), (offered, _hit) = max(facts.hours.items(), key=lambda each: (each[1][0], each[0]))
    names = get_day_names("wide", locale=locale(facts.writer.language))
    return facts.say(
        "fact",
        _("The busiest hour was {weekday} from {begin} to {end}, with {share} of all calls offered."),
        _("Plan no meetings in that hour."),
        weekday=names[weekday],
        begin=f"{hour}:00",
        end=f"{hour + 1}:00",
        share=facts.write(PERCENT, Decimal(100) * offered / facts.now["offered"]),
    )


def _missed(facts: Facts) -> Observation | None:
    share, before = facts.now["missed_share"], facts.before["missed_share"]
    said: dict[str, object] = {
        "missed": facts.write(COUNT, facts.now["missed"]),
        "share": facts.write(PERCENT, share),
        "before": facts.write(PERCENT, before) or "–",
    }
    if before is None or abs(share - before) < CHANGE_WORTH_SAYING:
        return facts.say(
            "fact",
            _("Calls missed: {missed}, {share} of those offered (period before: {before})."),
            **said,
        )
    if share > before:
        return facts.say(
            "attention",
            _(
                "Calls missed: {missed}, {share} of those offered; that was {before} in the period before, "
                "and has gone up."
            ),
            _("Open the report of missed calls to see which lines and outcomes grew."),
            **said,
        )
    return facts.say(
        "good",
        _(
            "Calls missed: {missed}, {share} of those offered; that was {before} in the period before, "
            "and has gone down."
        ),
        **said,
    )


def _most_missed_line(facts: Facts) -> Observation | None:
    rows = [row for row in facts.rows("ddi-activity") if row["missed"] >= LEAST_CALLS]
    if not rows:
        return None
    row = max(rows, key=lambda each: (each["missed"], each["ddi"]))
    number = facts.write(NUMBER, row["ddi"])
    return facts.say(
        "attention",
        _("The line with the most missed calls was {line}: {missed} of {offered} ({share})."),
        _("See who is behind this line and when; an overflow or more members would catch these calls."),
        line=f"{row['ddi_name']} ({number})" if row["ddi_name"] else number,
        missed=facts.write(COUNT, row["missed"]),
        offered=facts.write(COUNT, row["offered"]),
        share=facts.write(PERCENT, row["missed_share"]),
    )


def _to_be_called_back(facts: Facts) -> Observation | None:
    summary = facts.summary("unreturned-missed-calls")
    if summary is None:
        return None
    if not summary["unreturned"]:
        return _all_called_back(facts)
    return facts.say(
        "attention",
        _("Callers still to be called back: {callers}, who were missed {unreturned} times in all."),
        _("Call them back, longest wait first: the report of unreturned missed calls is in that order."),
        callers=facts.write(COUNT, summary["callers"]),
        unreturned=facts.write(COUNT, summary["unreturned"]),
    )


def _all_called_back(facts: Facts) -> Observation:
    expired = facts.summary("unreturned-missed-calls", _is_expired)
    if not expired or not expired["unreturned"]:
        return facts.say("good", _("Every caller who could be called back was called back."))
    return facts.say(
        "fact",
        _("Nobody is left to be called back; {expired} missed calls became too old without being returned."),
        expired=facts.write(COUNT, expired["unreturned"]),
    )


def _is_expired(c: Columns) -> ColumnElement[bool]:
    return c.state == "expired"


def _patience(facts: Facts) -> Observation | None:
    summary = facts.summary("caller-tolerance")
    if summary is None or summary["lost"] < LEAST_CALLS:
        return None
    return facts.say(
        "fact",
        _(
            "{lost} callers gave up while ringing or waiting; half of them within {median}, "
            "nine of ten within {most}."
        ),
        _("An announcement or a call-back offer before {median} reaches half of those who would hang up."),
        lost=facts.write(COUNT, summary["lost"]),
        median=facts.write(DURATION, summary["median_lost_wait"]),
        most=facts.write(DURATION, summary["percentile_90_lost_wait"]),
    )


def _outside_hours(facts: Facts) -> Observation | None:
    closed = facts.outcomes.get("closed", 0)
    share = Decimal(100) * closed / facts.now["offered"]
    if share < CLOSED_WORTH_SAYING:
        return None
    return facts.say(
        "attention",
        _("{closed} calls ({share}) came outside opening hours and heard that the line was closed."),
        _("Consider longer opening hours, or a voicemail box that is listened to."),
        closed=facts.write(COUNT, closed),
        share=facts.write(PERCENT, share),
    )


RULES: tuple[Callable[[Facts], Observation | None], ...] = (
    _volume,
    _grade_of_service,
    _hour_below_target,
    _missed,
    _most_missed_line,
    _to_be_called_back,
    _patience,
    _outside_hours,
    _busiest_hour,
)
