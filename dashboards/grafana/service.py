"""`grafana sync --serve`: one round after the other, and how they went."""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from dashboards.grafana.sync import Setup
from store.connect import sentences
from store.errors import UserError

log = logging.getLogger(__name__)
PREFIX = "gespreksrapportage_grafana"


class Rounds:
    """Brings what changed to Grafana, again and again; a database or Grafana that is away is tried again."""

    def __init__(self, open_setup: Callable[[], AbstractContextManager[Setup]], slug: str | None) -> None:
        self._open_setup = open_setup
        self._slug = slug
        self.registry = CollectorRegistry()
        self.changes = Counter(f"{PREFIX}_changes", "Differences mended in Grafana.", registry=self.registry)
        self.failing = Gauge(
            f"{PREFIX}_failing", "Organisations that could not be set up.", registry=self.registry
        )
        self.last_success = Gauge(
            f"{PREFIX}_last_success_timestamp_seconds",
            "When a whole round succeeded last.",
            registry=self.registry,
        )

    def serve_metrics(self, host: str, port: int) -> None:
        """Raises UserError when the port is taken."""
        try:
            start_http_server(port, host, self.registry)
        except OSError as error:
            raise UserError(
                f"The metrics cannot be served at {host}:{port} ({error.strerror}); "
                "choose another --metrics-port."
            ) from error

    def one(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """One round; what fails is said in the log and tried again in the next.

        Args:
            meanwhile: is called now and then, since a round of many organisations takes long.
        """
        try:
            with sentences(), self._open_setup() as setup:
                outcome = setup.synchronise(self._slug, changed_only=True, meanwhile=meanwhile)
        except UserError as error:
            log.error("%s", error)  # noqa: TRY400 - one sentence says it
            return
        for sentence in outcome.differences:
            log.info("%s", sentence)
        for sentence in outcome.failures:
            log.error("%s", sentence)
        self.changes.inc(len(outcome.differences))
        self.failing.set(len(outcome.failures))
        if not outcome.failures:
            self.last_success.set_to_current_time()

    def boards(self, accounts: Iterable[int]) -> None:
        """The own boards of these accounts at once; what fails is tried again in the next round."""
        for account_id in accounts:
            try:
                with sentences(), self._open_setup() as setup:
                    differences = setup.place_boards(account_id, self._slug)
            except UserError as error:
                log.error("%s", error)  # noqa: TRY400 - one sentence says it
                continue
            for sentence in differences:
                log.info("%s", sentence)
            self.changes.inc(len(differences))
