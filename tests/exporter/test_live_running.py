"""The exporter as a service: hears, keeps, shows; through lost connections, kills and an absent database."""

from collections.abc import Callable

from tests.exporter.conftest import ExporterProcess, Lab, eventually
from tests.exporter.scripted_pbx import ScriptedPbx
from tests.recordings import messages, segments

Start = Callable[..., ExporterProcess]


def recording(run: str = "scenarios-a") -> bytes:
    """What was said on the run's first connection, after the greeting."""
    return b"".join(one.raw for one in messages(segments(run)[0])[1:])


def test_what_the_pbx_says_is_stored_and_shown(lab: Lab, pbx: ScriptedPbx, start_exporter: Start) -> None:
    exporter = start_exporter(pbx.port)
    eventually(lambda: pbx.is_logged_in)
    pbx.say(recording())
    eventually(lambda: lab.value("SELECT count(*) FROM store.event WHERE kind = 'cleared'") == 329)
    assert lab.value("SELECT count(*) FROM store.touched_call") > 0
    assert lab.value("SELECT connected FROM store.live_pbx")
    assert exporter.health()["status"] == "ok"
    assert exporter.stop() == 0
    assert not lab.value("SELECT connected FROM store.live_pbx")
