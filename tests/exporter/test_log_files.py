"""What Asterisk's log files say by themselves, against what the telephones of the recordings knew."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.calls import build_calls
from exporter.files import cdr, cel, queue_log
from exporter.files.lines import LineError
from exporter.files.reading import Piece
from store.event import Event
from store.vocabulary import CallOutcome, EventKind, QueueLeaveCause, ReleaseCause
from tests.calls.truth import differences, match, true_calls
from tests.recordings import FOLDER, ORGANISATION, PBX, truth

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

NOT_IN_CEL = {"hold", "withheld", "caller"}
"""CEL knows no hold and no presentation: a withheld number that the trunk sends stands there in full."""


def said(pieces: Iterator[Piece]) -> list[Event]:
    return [event for piece in pieces for event in piece.events]


def of_cel(run: str) -> list[Event]:
    return said(cel.read_cel(FOLDER / run / "cel.csv.gz"))


def of_queue_log(run: str) -> list[Event]:
    return said(queue_log.read_queue_log(FOLDER / run / "queue_log"))


def of_cdr(run: str) -> list[Event]:
    return said(cdr.read_cdr(FOLDER / run / "cdr.csv", AMSTERDAM))


@pytest.mark.parametrize("run", ["scenarios-a", "sipp"])
def test_cel_and_queue_log_tell_every_call_with_its_people_and_times(run: str) -> None:
    built = build_calls([*of_cel(run), *of_queue_log(run)], ORGANISATION, PBX)
    wrong: dict[str, set[str]] = {}
    for true, call in match(true_calls(run), built):
        assert true is not None
        assert call is not None
        # Which queue rang a telephone that did not answer, no line of theirs tells.
        different = {one for one in differences(true, call) if ": outcome" not in one} - NOT_IN_CEL
        if different:
            wrong[true.name] = different
    refused = {call["id"] for call in truth(run)["calls"] if call["outcome"] == "queue_joinempty"}
    assert {name for name, different in wrong.items() if "outcome" in different} <= refused
    assert len(wrong) <= len(refused) + 2, wrong


def test_cdr_tells_who_answered_and_how_long_they_talked() -> None:
    built = {call.call.call_ref: call.call for call in build_calls(of_cdr("scenarios-a"), ORGANISATION, PBX)}
    checked = 0
    for call in truth("scenarios-a")["calls"]:
        if call["direction"] == "inbound" and call["answered"] and not call["transfers"]:
            row = built[call["asterisk"]["linkedid"]]
            assert row.outcome is CallOutcome.ANSWERED
            assert row.answered_by == call["answered_by"]
            assert abs(row.talk_seconds - call["talk_seconds"]) <= 1
            checked += 1
    assert checked > 20


def test_cdr_tells_what_an_extension_dialled() -> None:
    built = {call.call.call_ref: call.call for call in build_calls(of_cdr("scenarios-a"), ORGANISATION, PBX)}
    outbound = [
        call for call in truth("scenarios-a")["calls"] if call["direction"] == "outbound" and call["answered"]
    ]
    assert outbound
    for call in outbound:
        row = built[call["asterisk"]["linkedid"]]
        assert row.extension == call["caller"]
        assert row.outside_number is not None
        assert row.outside_number.endswith(call["dialled"][-8:])


def cdr_line(start: str, answer: str, end: str, uniqueid: str) -> str:
    return (
        f'"","+31612345678","1001","from-trunk","","PJSIP/trunk-00000001","PJSIP/1001-00000002","Dial",'
        f'"PJSIP/1001,15","{start}","{answer}","{end}",0,0,"ANSWERED","DOCUMENTATION","{uniqueid}","","",'
        f'"{uniqueid}",1'
    )


@pytest.mark.parametrize(
    ("epoch", "local", "utc"),
    [
        (1_793_064_599, "2026-10-27 02:29:59", datetime(2026, 10, 27, 1, 29, 59, tzinfo=UTC)),
        (1_792_888_199, "2026-10-25 02:29:59", datetime(2026, 10, 25, 0, 29, 59, tzinfo=UTC)),
        (1_792_891_799, "2026-10-25 02:29:59", datetime(2026, 10, 25, 1, 29, 59, tzinfo=UTC)),
    ],
)
def test_the_hour_that_comes_twice_is_told_apart_by_the_channels_identity(
    epoch: int, local: str, utc: datetime
) -> None:
    assert datetime.fromtimestamp(epoch, UTC) == utc
    record = cdr.read_line(cdr_line(local, local, local, f"pbx-{epoch}.7"), AMSTERDAM)
    assert record is not None
    assert record[0] == utc


def test_a_file_in_utc_is_read_so_when_told() -> None:
    line = cdr_line("2026-07-01 10:00:00", "2026-07-01 10:00:05", "2026-07-01 10:01:00", "pbx-1.7")
    for zone, hour in ((ZoneInfo("UTC"), 10), (AMSTERDAM, 8)):
        record = cdr.read_line(line, zone)
        assert record is not None
        assert record[0] == datetime(2026, 7, 1, hour, 1, tzinfo=UTC)


def test_dispositions_become_causes() -> None:
    for disposition, cause in (("BUSY", ReleaseCause.BUSY), ("NO ANSWER", ReleaseCause.NO_ANSWER)):
        line = cdr_line("2026-07-01 10:00:00", "", "2026-07-01 10:01:00", "1.7")
        record = cdr.read_line(line.replace("ANSWERED", disposition), AMSTERDAM)
        assert record is not None
        failed = [one for one in record[1] if one["kind"] is EventKind.FAILED]
        assert [one["cause"] for one in failed] == [cause]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "1 fields instead of 5 or more"),
        ("yesterday|1.1|sales|NONE|ENTERQUEUE||+316|1", 'time "yesterday" is not in seconds since 1970'),
        ("99999999999999999|1.1|sales|NONE|ENTERQUEUE", "is not in seconds since 1970"),
    ],
)
def test_a_line_that_is_no_queue_log_says_why(line: str, reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        queue_log.read_line(line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('"a","b"', "2 columns instead of 17 to 21"),
        (cdr_line("2026-07-01", "", "2026-07-01 10:00:00", "1.7"), 'time "2026-07-01" is not like'),
        (cdr_line("2026-07-01 10:00:00", "", "2026-07-01 10:00:00", ""), "set loguniqueid=yes in cdr.conf"),
    ],
)
def test_a_line_that_is_no_cdr_says_why(line: str, reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        cdr.read_line(line, AMSTERDAM)


def queue_events(*lines: str) -> list[dict[str, object]]:
    return [fields for line in lines for fields in (queue_log.read_line(line) or (None, []))[1]]


def test_every_way_out_of_a_queue_has_its_cause() -> None:
    ways = {
        "ABANDON|1|1|8": QueueLeaveCause.ABANDONED,
        "EXITWITHTIMEOUT|1|1|30": QueueLeaveCause.TIMED_OUT,
        "EXITWITHKEY|1|2|3|12": QueueLeaveCause.KEY,
        "EXITEMPTY|1|1|5": QueueLeaveCause.EMPTY,
        "WITHDRAW|1|1|6|moved": QueueLeaveCause.WITHDRAWN,
        "SYSCOMPAT": QueueLeaveCause.UNKNOWN,
    }
    waits = {"ABANDON": 8, "EXITWITHTIMEOUT": 30, "EXITWITHKEY": 12, "EXITEMPTY": 5, "WITHDRAW": 6}
    for way, cause in ways.items():
        (left,) = queue_events(f"1795447476|1795447468.36|sales|NONE|{way}")
        assert (left["cause"], left["queue"], left["connection"]) == (cause, "sales", "1795447468.36")
        assert left["seconds"] == waits.get(way.partition("|")[0])


def test_the_talk_of_a_transferred_call_is_found_however_many_fields_come_before() -> None:
    for verb in ("ATTENDEDTRANSFER|BRIDGE|abc|4|17|1", "BLINDTRANSFER|1003|from-internal|4|17|1"):
        (completed,) = queue_events(f"1795447476|1.1|sales|PJSIP/1002|{verb}")
        assert (completed["cause"], completed["seconds"]) == ("transfer", 17)
        assert (completed["agent"], completed["device"]) == ("PJSIP/1002", "1002")


def test_a_pause_in_all_queues_is_told_once_for_each_queue() -> None:
    paused = queue_events(
        "1|NONE|NONE|Eva Smit|PAUSEALL|Meeting: weekly, room 2",
        "1|NONE|support|Eva Smit|PAUSE|Meeting: weekly, room 2",
    )
    assert [(one["queue"], one["cause"]) for one in paused] == [("support", "Meeting: weekly, room 2")]
    assert "connection" not in paused[0]


def test_verbs_and_types_that_are_not_known_say_nothing() -> None:
    assert queue_log.read_line("1|1.1|sales|NONE|OWNVERB|1") is None
    fields = dict.fromkeys(cel.COLUMNS, "") | {"eventtype": "OWN", "eventtime": "1.5", "uniqueid": "1.1"}
    assert cel.read_line(",".join(f'"{value}"' for value in fields.values())) is None


PIECES_OF_LINES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "|",
                ",",
                '"',
                '""',
                "1795447446.20",
                "CHAN_START",
                "HANGUP",
                "ENTERQUEUE",
                "CONNECT",
                "{",
                "}",
                "[" * 9,
            ]
        ),
    ),
    max_size=40,
).map("".join)


@given(line=PIECES_OF_LINES)
@pytest.mark.parametrize(
    "read", [cel.read_line, queue_log.read_line, lambda line: cdr.read_line(line, AMSTERDAM)]
)
def test_whatever_a_line_is_it_is_read_or_refused(read: Callable[[str], object], line: str) -> None:
    with suppress(LineError, csv.Error):
        read(line)


@given(fields=st.dictionaries(st.sampled_from(cel.COLUMNS), st.text(max_size=12)))
def test_whatever_stands_in_the_columns_of_cel_it_is_read_or_refused(fields: dict[str, str]) -> None:
    row = dict.fromkeys(cel.COLUMNS, "") | {"eventtime": "1795447446.2", "uniqueid": "1.1"} | fields
    written = io.StringIO()
    csv.writer(written).writerow(row.values())
    with suppress(LineError, csv.Error):
        cel.read_line(written.getvalue())


def test_text_that_is_no_utf8_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes("1|1.1|sales|NONE|ENTERQUEUE||+316|1|Zoë \udc00\n".encode("utf-8", "surrogatepass"))
    (event,) = said(queue_log.read_queue_log(path))
    assert event.name.startswith("Zoë ")
