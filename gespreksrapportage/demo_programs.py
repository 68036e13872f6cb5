"""Prometheus and Grafana beside the demo, where they are installed: in a process that ends them."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from dashboards import local_stack
from gespreksrapportage.services import LOOPBACK, Say, end
from simulator.parent import end_with_parent
from store.errors import UserError

NO_PROMETHEUS = "Prometheus is not installed here: put the program `prometheus` on the PATH to have it too."
NO_GRAFANA = (
    "Grafana is not installed here: unpack it and set GRAFANA_HOME to have the wallboards in it too, "
    "or take docker compose up."
)


class Programs(threading.Thread):
    """Starts what is installed and relays what there is to say of it.

    Args:
        directory: of the demo; each program keeps its data in a folder of its own.
        ports: of the services that Prometheus asks, and of the programs themselves, by name.
        viewer_url: file with the address of the database for Grafana.
        say: told where the programs are, or how to have them.
    """

    def __init__(self, directory: Path, ports: dict[str, int], viewer_url: Path, say: Say) -> None:
        super().__init__(name="programs", daemon=True)
        self._say = say
        settings = {"directory": str(directory), "ports": ports, "viewer_url": str(viewer_url)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gespreksrapportage.demo_programs", json.dumps(settings)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self) -> None:
        """Relays until the process ends."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._say(line.rstrip())

    def stop(self) -> None:
        """Ends the programs."""
        self._process.terminate()
        end(self._process, local_stack.STOP_SECONDS)
        self.join()


def _start(settings: dict[str, Any], say: Say) -> None:
    directory, ports = Path(settings["directory"]), settings["ports"]
    prometheus_url = ""
    if local_stack.find_prometheus() is None:
        say(NO_PROMETHEUS)
    else:
        targets = {name: f"{LOOPBACK}:{ports[name]}" for name in ("exporter", "aggregator", "portal")}
        prometheus_url = local_stack.start_prometheus(
            directory / "prometheus", targets, ports["Prometheus"]
        ).url
        say(f"Prometheus  {prometheus_url}")
    if local_stack.find_grafana() is None:
        say(NO_GRAFANA)
    else:
        viewer = Path(settings["viewer_url"]).read_text(encoding="utf-8")
        grafana = local_stack.start_grafana(
            directory / "grafana",
            viewer,
            prometheus_url,
            ports["Grafana"],
            portal_url=f"http://{LOOPBACK}:{ports['portal']}",
        )
        say(f"Grafana     {grafana.url}   (admin; password in {directory}/grafana/admin-password)")


def _end_all(_number: int, _frame: FrameType | None) -> None:
    """Ends the whole process group, also a program that is just being started."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    os._exit(0)


def _say(sentence: str) -> None:
    # Whoever listens may be gone already.
    with suppress(BrokenPipeError):
        print(sentence, flush=True)  # noqa: T201 - the pipe to the demo


def main() -> None:
    signal.signal(signal.SIGTERM, _end_all)
    end_with_parent()
    try:
        _start(json.loads(sys.argv[1]), _say)
    except UserError as error:
        _say(str(error))
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
