"""Every board of the product."""

from dashboards.board import Board
from dashboards.boards.call_centre_wallboard import CALL_CENTRE_WALLBOARD
from dashboards.boards.live_overview import LIVE_OVERVIEW
from dashboards.boards.system_health import SYSTEM_HEALTH

BOARDS: tuple[Board, ...] = (LIVE_OVERVIEW, CALL_CENTRE_WALLBOARD, SYSTEM_HEALTH)
