"""Writes many days at once as recordings of AMI, for `gespreksrapportage import --format ami`.

One file per day. None begins with a greeting, so that read together they are one connection without gaps.
"""

import gzip
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from simulator.ami_messages import day_messages
from simulator.company import SEED, make_company
from simulator.day import plan_day
from simulator.parent import end_with_parent

COMPRESSION = 1
"""Fast: the files are read once."""


class Written(NamedTuple):
    """A day that was written."""

    path: Path
    calls: int
    messages: int


def write_day(day: date, directory: Path, seed: int = SEED, until: int | None = None) -> Written:
    """Writes one day; the same seed and day give the same bytes.

    Args:
        day: local day.
        directory: where the file goes; it is there.
        seed: of the company and its days.
        until: milliseconds since 1970 from which on nothing is written.
    """
    company = make_company(seed)
    plan = plan_day(company, day, seed)
    messages = day_messages(company, plan)
    if until is not None:
        messages = [message for message in messages if message[0] < until * 1000]
    path = directory / f"{day.isoformat()}.ami.gz"
    content = "".join(text for _, text in messages).encode()
    # Without the time of writing, which gzip would put in.
    path.write_bytes(gzip.compress(content, COMPRESSION, mtime=0))
    return Written(path, len(plan.calls), len(messages))


def write_history(
    first: date, last: date, directory: Path, seed: int = SEED, *, until: int | None = None
) -> Iterator[Written]:
    """Writes the days from `first` to `last`, newest first, on all processors; yields what is there."""
    directory.mkdir(parents=True, exist_ok=True)
    days = [last - timedelta(days=offset) for offset in range((last - first).days + 1)]
    # Without it, workers of a process that was killed would wait for work for ever.
    with ProcessPoolExecutor(initializer=end_with_parent) as pool:
        yield from pool.map(partial(write_day, directory=directory, seed=seed, until=until), days)
