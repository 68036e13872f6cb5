"""Every board of the product."""

from dashboards.board import Board
from dashboards.boards.agent_workflow import AGENT_WORKFLOW
from dashboards.boards.business import BUSINESS
from dashboards.boards.call_back import CALL_BACK
from dashboards.boards.call_centre_wallboard import CALL_CENTRE_WALLBOARD
from dashboards.boards.company_overview import COMPANY_OVERVIEW
from dashboards.boards.group_overview import GROUP_OVERVIEW
from dashboards.boards.hunt_groups import HUNT_GROUPS
from dashboards.boards.live_calls import LIVE_CALLS
from dashboards.boards.live_overview import LIVE_OVERVIEW
from dashboards.boards.my_dashboard import MY_DASHBOARD
from dashboards.boards.queues_now import QUEUES_NOW
from dashboards.boards.system_health import SYSTEM_HEALTH
from dashboards.boards.trends import TRENDS

BOARDS: tuple[Board, ...] = (
    LIVE_OVERVIEW,
    LIVE_CALLS,
    CALL_CENTRE_WALLBOARD,
    QUEUES_NOW,
    GROUP_OVERVIEW,
    AGENT_WORKFLOW,
    HUNT_GROUPS,
    CALL_BACK,
    BUSINESS,
    MY_DASHBOARD,
    COMPANY_OVERVIEW,
    TRENDS,
    SYSTEM_HEALTH,
)
