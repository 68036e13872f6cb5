"""Asks for reports in the background and waits for what becomes of them."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

RUNS = "/api/v1/runs"
ASKED = {"report": "calls-by-date", "from": "2026-10-01", "to": "2026-10-31"}


def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """What the condition gives as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail("it did not come about")


def state_of(client: httpx.Client, address: str, *states: str) -> dict[str, Any]:
    def found() -> dict[str, Any] | None:
        run: dict[str, Any] = client.get(address).json()
        return run if run["state"] in states else None

    return until(found)  # type: ignore[no-any-return]


def shows(client: httpx.Client, address: str, text: str) -> str:
    def found() -> str | None:
        page = client.get(address).text
        return page if text in page else None

    return until(found)  # type: ignore[no-any-return]


def asked_for(client: httpx.Client, **changes: Any) -> str:
    answer = client.post(RUNS, json=ASKED | changes)
    assert answer.status_code == 202, answer.text
    return str(answer.headers["location"])
