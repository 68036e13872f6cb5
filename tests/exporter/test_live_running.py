"""The exporter as a service: hears, keeps, shows; through lost connections, kills and an absent database."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from store.server import DatabaseServer
from tests.exporter.conftest import ExporterProcess, Lab, eventually
from tests.exporter.scripted_pbx import ScriptedPbx
from tests.recordings import messages, segments

Start = Callable[..., ExporterProcess]

CLEARED = "SELECT count(*) FROM store.event WHERE kind = 'cleared'"


def recording(run: str) -> bytes:
    """What was said on the run's first connection, after the greeting."""
    return b"".join(one.raw for one in messages(segments(run)[0])[1:])


def timed_keys(run: str) -> set[str]:
    """Keys of the events of messages that carry the PBX's own time: these do not depend on when they come."""
    keys = set()
    parser = MessageParser(is_wanted)
    for one in messages(segments(run)[0]):
        for message in parser.feed(one.raw):
            if isinstance(message, Message) and message.get("Timestamp"):
                keys |= {str(event.key) for event in translate(message, one.received_at)}
    return keys


@contextmanager
def absent_database(lab: Lab, server: DatabaseServer) -> Iterator[None]:
    """Nobody can connect to the database, and who was connected no longer is."""
    name = conninfo_to_dict(lab.url)["dbname"]
    alter = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(alter.format(sql.Identifier(str(name)), sql.SQL("false")))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            connection.execute(alter.format(sql.Identifier(str(name)), sql.SQL("true")))


def test_what_the_pbx_says_is_stored_and_shown(lab: Lab, pbx: ScriptedPbx, start_exporter: Start) -> None:
    exporter = start_exporter(pbx.port)
    eventually(lambda: pbx.is_logged_in)
    pbx.say(recording("scenarios-a"))
    eventually(lambda: lab.value(CLEARED) == 329)
    assert lab.value("SELECT count(*) FROM store.touched_call") > 0
    assert lab.value("SELECT connected FROM store.live_pbx")
    assert exporter.page("/healthz")[0] == 200
    assert exporter.health()["status"] == "ok"
    assert lab.rows("SELECT * FROM store.pbx_gap") == [], "nobody knows of a time before the first start"
    assert exporter.stop() == 0
    assert lab.rows("SELECT connected FROM store.live_pbx") == [(False,)]
    assert "Traceback" not in exporter.log.read_text()


def test_a_clean_stop_says_at_once_that_nobody_listens(
    lab: Lab, pbx: ScriptedPbx, start_exporter: Start
) -> None:
    exporter = start_exporter(pbx.port)
    eventually(lambda: lab.rows("SELECT connected FROM store.live_pbx") == [(True,)])
    assert exporter.stop() == 0
    stopped = lab.rows("SELECT began_at, ended_at, reason FROM store.pbx_gap")
    assert [(ended_at, reason) for _, ended_at, reason in stopped] == [
        (None, "The exporter was not running.")
    ]
    start_exporter(pbx.port)
    eventually(lambda: lab.value("SELECT ended_at FROM store.pbx_gap"))
    assert lab.rows("SELECT began_at FROM store.pbx_gap") == [(stopped[0][0],)]
    assert lab.value("SELECT count(*) FROM store.event WHERE kind = 'listening_stopped'") == 1


def test_a_database_that_was_not_migrated_is_told(lab: Lab, pbx: ScriptedPbx, start_exporter: Start) -> None:
    with lab.connect() as connection:
        connection.execute("ALTER TABLE store.tenant RENAME TO tenants")
    exporter = start_exporter(pbx.port)
    assert exporter.process.wait(30) == 1
    assert "run: gespreksrapportage database migrate." in exporter.log.read_text()
    assert "Traceback" not in exporter.log.read_text()


def test_events_are_stored_once_though_the_exporter_is_killed_on_the_way(
    lab: Lab, pbx: ScriptedPbx, start_exporter: Start
) -> None:
    said, expected = recording("sipp"), timed_keys("sipp")
    exporter = start_exporter(pbx.port)
    eventually(lambda: pbx.is_logged_in)
    pbx.say(said[: len(said) // 2])
    eventually(lambda: lab.value("SELECT count(*) FROM store.event") > 100)
    exporter.kill()
    stored = "SELECT key::text FROM store.event"
    assert not expected <= {key for (key,) in lab.rows(stored)}
    start_exporter(pbx.port)
    eventually(lambda: pbx.logins == 2)
    pbx.say(said)
    eventually(lambda: expected <= {key for (key,) in lab.rows(stored)})
    keys = [key for (key,) in lab.rows(stored) if key in expected]
    assert len(keys) == len(expected)
    gaps = lab.rows("SELECT ended_at > began_at, reason FROM store.pbx_gap")
    assert gaps == [(True, "The exporter was not running.")]


def test_a_lost_connection_leaves_a_gap_and_an_end_of_what_was_heard(
    lab: Lab, pbx: ScriptedPbx, start_exporter: Start
) -> None:
    exporter = start_exporter(pbx.port)
    eventually(lambda: pbx.is_logged_in)
    pbx.say(recording("outage"))
    eventually(lambda: lab.value("SELECT count(*) FROM store.live_call") > 0)
    pbx.refuses = True
    pbx.hang_up()
    open_gap = "SELECT began_at FROM store.pbx_gap WHERE ended_at IS NULL"
    began_at = eventually(lambda: lab.rows(open_gap))[0][0]
    eventually(lambda: lab.rows("SELECT connected FROM store.live_pbx") == [(False,)])
    assert lab.value("SELECT count(*) FROM store.live_call") == 0
    assert exporter.page("/healthz")[0] == 503
    assert lab.rows("SELECT occurred_at FROM store.event WHERE kind = 'listening_stopped'") == [(began_at,)]
    pbx.refuses = False
    eventually(lambda: lab.rows("SELECT 1 FROM store.pbx_gap WHERE ended_at > began_at"))
    eventually(lambda: lab.rows("SELECT connected FROM store.live_pbx") == [(True,)])
    assert lab.value("SELECT reason FROM store.pbx_gap") == "The PBX closed the connection."
    assert lab.rows(open_gap) == []
    eventually(lambda: (exporter.metric("gespreksrapportage_gap_seconds_total") or 0) > 0)


def test_events_wait_on_disk_while_the_database_is_away(
    lab: Lab, pbx: ScriptedPbx, start_exporter: Start, server: DatabaseServer
) -> None:
    exporter = start_exporter(pbx.port)
    eventually(lambda: pbx.is_logged_in)
    said = recording("sipp")
    expected = timed_keys("sipp")
    with absent_database(lab, server):
        pbx.say(said)
        eventually(
            lambda: (exporter.metric("gespreksrapportage_outbox_events") or 0) >= len(expected), "all wait"
        )
        eventually(lambda: not exporter.health()["database_available"])
        assert exporter.health()["status"] == "ok", "what is heard is accepted all the same"
        exporter.kill()
    restarted = start_exporter(pbx.port)
    stored = "SELECT key::text FROM store.event"
    eventually(lambda: expected <= {key for (key,) in lab.rows(stored)})
    eventually(lambda: restarted.metric("gespreksrapportage_outbox_events") == 0)


def test_a_full_outbox_is_told_and_what_was_heard_is_kept_until_there_is_room(
    lab: Lab, pbx: ScriptedPbx, start_exporter: Start, server: DatabaseServer
) -> None:
    exporter = start_exporter(pbx.port, "--outbox-max-bytes", "4000000")
    eventually(lambda: pbx.is_logged_in)
    expected = timed_keys("sipp")
    with absent_database(lab, server):
        for run in (*["scenarios-a"] * 6, "sipp"):
            pbx.say(recording(run))
        eventually(lambda: "is full" in (exporter.health()["problem"] or ""))
        assert exporter.page("/healthz")[0] == 503
    eventually(lambda: expected <= {key for (key,) in lab.rows("SELECT key::text FROM store.event")})
    eventually(lambda: exporter.health()["problem"] is None)


def test_a_message_that_cannot_be_understood_is_kept_aside(
    lab: Lab, pbx: ScriptedPbx, start_exporter: Start
) -> None:
    exporter = start_exporter(pbx.port)
    eventually(lambda: pbx.is_logged_in)
    pbx.say(b"what is this?\r\n\r\nEvent: Brandnew\r\nFoo: bar\r\n\r\n" + recording("sipp"))
    eventually(lambda: lab.value(CLEARED) == 68)
    assert lab.rows("SELECT source, raw FROM store.event_reject") == [("ami", b"what is this?")]
    assert exporter.metric("gespreksrapportage_rejects_total") == 1
    assert exporter.metric("gespreksrapportage_unknown_events_total") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--tenant", "nobody"), 'There is no tenant "nobody"'),
        (("--pbx", "nothing"), 'Tenant "lab" has no PBX "nothing"; it has: lab.'),
        (("--database-url", "postgresql://127.0.0.1:1/x"), "The database at 127.0.0.1:1/x cannot be reached"),
        (("--ami-user", "stranger"), 'refuses the login of "stranger": Authentication failed'),
    ],
)
def test_a_wrong_setting_ends_in_one_sentence(
    pbx: ScriptedPbx, start_exporter: Start, arguments: tuple[str, ...], sentence: str
) -> None:
    exporter = start_exporter(pbx.port, *arguments)
    assert exporter.process.wait(30) == 1
    last_line = exporter.log.read_text().splitlines()[-1]
    assert last_line.startswith("Error: ")
    assert sentence in last_line
    assert "Traceback" not in exporter.log.read_text()


def test_without_a_secret_it_says_how_to_give_one(lab: Lab) -> None:
    arguments = lab.command(
        *("exporter", "--tenant", "lab", "--pbx", "lab", "--ami-user", "recorder", "--outbox", "unused")
    )
    environment = {**lab.environment(), "AMI_SECRET": ""}
    result = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: No AMI secret is given: set AMI_SECRET")
