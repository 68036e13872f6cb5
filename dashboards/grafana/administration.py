"""Grafana's HTTP interface, as its server administrator uses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from grafana_client.api import GrafanaApi
from grafana_client.client import GrafanaClientError, GrafanaException

from store.errors import UserError

Json = dict[str, Any]
SECONDS = 30.0


class Api:
    """Requests on behalf of one organisation, or of the server.

    Paths stand below /api. Every method raises `GrafanaException` when Grafana refuses.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def get(self, path: str) -> Any:
        return self._client.GET(path)

    def find(self, path: str) -> Any:
        """None when there is nothing of that name."""
        try:
            return self._client.GET(path)
        except GrafanaClientError as error:
            if error.status_code != HTTPStatus.NOT_FOUND:
                raise
            return None

    def post(self, path: str, content: Any) -> Any:
        return self._client.POST(path, json=content)

    def put(self, path: str, content: Any) -> Any:
        return self._client.PUT(path, json=content)

    def patch(self, path: str, content: Any) -> Any:
        return self._client.PATCH(path, json=content)

    def delete(self, path: str) -> Any:
        return self._client.DELETE(path, accept_empty_json=True)


@dataclass(frozen=True)
class Administration:
    """Grafana as its server administrator reaches it: only he may make organisations."""

    url: str
    """Such as http://grafana:3000/grafana."""
    user: str
    password: str

    @contextmanager
    def api(self, organisation: int | None = None) -> Iterator[Api]:
        """Requests for one organisation, or for the server.

        Raises:
            UserError: Grafana does not answer or refuses.
        """
        parts = urlsplit(self.url)
        grafana = GrafanaApi(
            auth=(self.user, self.password),
            protocol=parts.scheme,
            host=parts.hostname,
            port=parts.port,
            url_path_prefix=f"{parts.path.strip('/')}/".lstrip("/"),
            timeout=SECONDS,
            organization_id=organisation,
        )
        try:
            yield Api(grafana.client)
        except (GrafanaException, OSError) as error:
            raise UserError(f"Grafana at {self.url} does not do what it should: {error}") from error
        finally:
            grafana.client.s.close()
