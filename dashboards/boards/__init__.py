"""Every board of the product."""

from dashboards.board import Board
from dashboards.boards.live_overview import LIVE_OVERVIEW

BOARDS: tuple[Board, ...] = (LIVE_OVERVIEW,)
