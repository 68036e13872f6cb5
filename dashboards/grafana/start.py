"""What an organisation opens with: its home board, its time zone and language, its big screen's round."""

from functools import partial

from dashboards.grafana.administration import Api
from dashboards.grafana.changes import Changes, holds
from dashboards.grafana.wanted import Wanted
from dashboards.texts import Text
from reportgen.texts import Language

HOME = ("live-overview", "company-overview")
"""The first of these that the edition has."""
ROUND = (
    "live-overview",
    "call-centre",
    "queues-now",
    "group-overview",
    "company-overview",
    "call-back",
    "trends",
)
"""What a big screen shows in turn, as far as the edition has it."""
PLAYLIST = "gespreksrapportage"
PLAYLIST_NAME = Text("Wisselend scherm", "Rotating screen")
PLAYLIST_INTERVAL = "30s"
LOCALES = {Language.DUTCH: "nl-NL", Language.ENGLISH: "en-US"}
"""Grafana's own language for each of ours."""


def ensure_preferences(api: Api, changes: Changes, wanted: Wanted) -> None:
    boards = {board.uid for board in wanted.boards()}
    home = next(uid for uid in HOME if uid in boards)
    preferences = {
        "timezone": wanted.time_zone,
        "weekStart": "monday",
        "language": LOCALES[wanted.language],
        "homeDashboardUID": f"{home}-{wanted.language}",
    }
    if not holds(api.get("/org/preferences"), preferences):
        changes(
            "its home board, time zone or language is another",
            partial(api.put, "/org/preferences", preferences),
        )


def ensure_playlist(api: Api, changes: Changes, wanted: Wanted) -> None:
    boards = {board.uid for board in wanted.boards()}
    playlist = {
        "uid": PLAYLIST,
        "name": PLAYLIST_NAME.in_language(wanted.language),
        "interval": PLAYLIST_INTERVAL,
        "items": [
            {"type": "dashboard_by_uid", "value": f"{uid}-{wanted.language}"}
            for uid in ROUND
            if uid in boards
        ],
    }
    found = api.find(f"/playlists/{PLAYLIST}")
    if found is None:
        changes("the playlist is missing", partial(api.post, "/playlists", playlist))
    elif not holds(found, playlist):
        changes("the playlist is not current", partial(api.put, f"/playlists/{PLAYLIST}", playlist))
