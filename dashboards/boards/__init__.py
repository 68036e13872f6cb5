"""Every board of the product."""

from dashboards.board import Board
from dashboards.boards.live_overview import LIVE_OVERVIEW
from dashboards.boards.system_health import SYSTEM_HEALTH

BOARDS: tuple[Board, ...] = (LIVE_OVERVIEW, SYSTEM_HEALTH)
