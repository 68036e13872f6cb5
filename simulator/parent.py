"""Processes that end with the one that started them, however that ended."""

import os
import signal
import threading
import time

LOOK_EVERY = 1.0
"""Seconds."""


def end_with_parent() -> None:
    """From now on this process is asked to end (SIGTERM) once its parent is gone."""
    threading.Thread(target=_wait_for_end, args=[os.getppid()], daemon=True).start()


def _wait_for_end(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
