"""Own boards in a real browser: tiles fill themselves, views take turns."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.access.conftest import Accounts
from tests.access.test_portal import form_token, sign_in
from tests.dashboards.browser import find_chromium, page, seen_with
from tests.reportgen.builders import TenantBuilder
from tests.tiles.conftest import NOW


@pytest.fixture
def address(client: httpx.Client, make_account: Accounts, acme: TenantBuilder) -> Iterator[str]:
    """The portal as its administrator sees it, who has calls of today."""
    if find_chromium() is None:
        pytest.skip("Chromium is not installed here")
    acme.call(NOW.replace(hour=9), wait=5)
    make_account("anna")
    sign_in(client, "acme/anna")
    with seen_with(str(client.base_url), {"Cookie": f"session={client.cookies['session']}"}) as address:
        yield address


def test_the_tiles_of_my_dashboard_fill_themselves(address: str, tmp_path: Path) -> None:
    html = page(f"{address}/dashboard", tmp_path)
    assert html.count('class="gauge"') == 2
    assert html.count(">100,0%<") == 2
    assert "data:image/svg+xml" in html
    assert 'class="content lost"' not in html


def test_the_views_of_my_wallboard_take_turns(address: str, client: httpx.Client, tmp_path: Path) -> None:
    csrf = {"csrf": form_token(client, "/dashboard")}
    tiles = client.get("/api/v1/tiles").json()
    first = next(tile["view_id"] for tile in tiles if tile["place"] == "view")
    client.post(f"/wallboard/views/{first}", data=csrf | {"title": "Vandaag", "seconds": "5"})
    client.post("/wallboard/views", data=csrf | {"title": "Tweede", "seconds": "3600"})
    html = page(f"{address}/wallboard", tmp_path)
    assert 'class="view now"' in html
    shown = html[html.index('class="view now"') :].split(">", 1)[0]
    assert f'data-view="{first}"' not in shown, "the first has had its five seconds"
