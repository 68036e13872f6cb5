"""Own boards in Grafana: the portal's tiles, with the same figures, where their owner put them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from psycopg.rows import dict_row

from dashboards.colours import ALARM, GOOD
from dashboards.personal import AGE, OwnBoard, OwnTile, predefined, with_tiles
from reportgen.catalogue import CATALOGUE, now
from reportgen.catalogue.charts import plain_bars
from reportgen.compile import Bound, Tenant, compile_report, read_selections
from reportgen.compile.grafana_period import READY_MADE as GRAFANA_PERIODS
from reportgen.compile.period import READY_MADE, ready_made
from reportgen.texts import Language, translator
from reportgen.tiles.definition import Step, Tile, TileColour, TileForm, forms_of
from store.connect import connect
from tests.dashboards.grafana_macros import expanded
from tests.dashboards.tenants import TenantUnderTest, fill, moment

ZONE = "Europe/Amsterdam"
GOS = Tile(report="call-response", form=TileForm.FIGURE, figure="gos")


def own(*tiles: Tile) -> OwnBoard:
    named = tuple(OwnTile(f"tile{number}", tile) for number, tile in enumerate(tiles, start=7))
    return OwnBoard("my-1", "", 0, "NL", named)


def board(*tiles: Tile, found: dict[str, Any] | None = None, language: Language = Language.DUTCH) -> Any:
    return with_tiles(found, own(*tiles), language, ZONE)


def tiles_of(board: Any) -> list[Any]:
    """All but the one that says how old the figures are, which no board is without."""
    (age,) = (panel for panel in board["panels"] if panel["targets"][0]["refId"] == AGE)
    assert age["title"] in ("Laatste bericht van de centrale", "Last heard from the PBX")
    return [panel for panel in board["panels"] if panel is not age]


def test_a_board_begins_with_the_predefined_tiles() -> None:
    made = with_tiles(None, OwnBoard("my-1", "", 0, "NL", predefined()), Language.DUTCH, ZONE)
    assert (made["uid"], made["title"], made["editable"]) == ("my-1", "Mijn dashboard", True)
    assert made["refresh"] == "30s", "of the tile that is refreshed most often"
    assert [(panel["type"], panel["title"]) for panel in tiles_of(made)] == [
        ("gauge", "GoS · vandaag"),
        ("gauge", "PCA · vandaag"),
        ("barchart", "Beller tolerantie · vandaag"),
        ("barchart", "Uurlijkse gespreksactiviteit · vandaag"),
    ]


def test_tiles_stay_where_their_owner_put_them_and_new_ones_come_below() -> None:
    first = board(GOS)
    assert with_tiles(first, own(GOS), Language.DUTCH, ZONE) == first, "a second time changes nothing"
    moved = json.loads(json.dumps(first))
    moved["panels"][0]["gridPos"] = {"x": 12, "y": 9, "w": 12, "h": 8}
    moved["panels"][0]["pluginVersion"] = "12.2.0"
    mine = {
        "id": 40,
        "type": "text",
        "title": "Mine",
        "gridPos": {"x": 0, "y": 0, "w": 12, "h": 9},
        "targets": [{"refId": "A"}],
    }
    moved["panels"].append(mine)
    assert board(GOS, found=moved) == moved
    changed = Tile(report="call-response", form=TileForm.FIGURE, figure="pca", width=2)
    grown = board(changed, GOS, found=moved)
    places = {panel["title"]: panel["gridPos"] for panel in grown["panels"]}
    assert places["PCA · vandaag"] == moved["panels"][0]["gridPos"]
    assert places["Mine"] == mine["gridPos"]
    assert places["GoS · vandaag"] == {"x": 0, "y": 17, "w": 6, "h": 5}
    assert len({panel["id"] for panel in grown["panels"]}) == 4
    assert [panel["title"] for panel in tiles_of(board(found=grown))] == ["Mine"], "what is removed goes"


def test_where_all_tiles_are_new_they_stand_at_the_top() -> None:
    begun = with_tiles(board(GOS), OwnBoard("my-1", "", 0, "NL", predefined()), Language.DUTCH, ZONE)
    assert [panel["gridPos"]["y"] for panel in begun["panels"]] == [0, 0, 10, 10, 20]
    assert begun["panels"][-1]["title"] == "Laatste bericht van de centrale"


def test_a_tile_of_a_report_that_is_no_more_is_left_out() -> None:
    gone = Tile(report="no-such", form=TileForm.TABLE)
    assert [panel["title"] for panel in tiles_of(board(gone, GOS))] == ["GoS · vandaag"]


def test_a_tile_keeps_its_colours_and_links_to_its_report() -> None:
    tile = Tile(
        report="call-response",
        form=TileForm.FIGURE,
        figure="missed",
        title="Gemist in Utrecht",
        period="this-week",
        filters={"site": ("Utrecht",)},
        steps=(Step(None, TileColour.GREEN), Step(5, TileColour.RED)),
    )
    (panel,) = tiles_of(board(tile, language=Language.ENGLISH))
    assert panel["title"] == "Gemist in Utrecht · this week"
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert [(step["value"], step["color"]) for step in steps] == [
        (None, GOOD),
        (5, ALARM),
    ]
    (link,) = panel["fieldConfig"]["defaults"]["links"]
    assert link["url"] == "${portal}/board-report/call-response?period=this-week&site=Utrecht"


@pytest.mark.parametrize(
    "slug", [slug for slug, report in CATALOGUE.items() if TileForm.CHART in forms_of(report)]
)
def test_every_figure_of_a_chart_has_its_words_and_a_colour_of_its_own(slug: str) -> None:
    (panel,) = tiles_of(board(Tile(report=slug, form=TileForm.CHART)))
    chart = plain_bars(CATALOGUE[slug])
    assert chart is not None
    looks = {
        override["matcher"]["options"]: {each["id"]: each["value"] for each in override["properties"]}
        for override in panel["fieldConfig"]["overrides"]
    }
    text = translator(Language.DUTCH)
    for figure in chart.y:
        assert looks[figure.name]["displayName"] == text(figure.title)
    assert len({looks[figure.name]["color"]["fixedColor"] for figure in chart.y}) == len(chart.y)


def test_links_lead_to_the_portal_of_the_set_up() -> None:
    made = with_tiles(None, own(GOS), Language.DUTCH, ZONE, "https://calls.example.org")
    assert [each["query"] for each in made["templating"]["list"] if each["name"] == "portal"] == [
        "https://calls.example.org"
    ]
    moved = with_tiles(made, own(GOS), Language.DUTCH, ZONE, "https://other.example.org")
    assert "calls.example.org" not in json.dumps(moved)


def test_both_know_the_same_periods() -> None:
    assert list(GRAFANA_PERIODS) == list(READY_MADE)


@pytest.mark.parametrize("period", READY_MADE)
def test_a_period_is_the_same_days_in_grafana_and_in_the_portal(ours: TenantUnderTest, period: str) -> None:
    start, end = bounds_in_grafana(ours, period)
    wanted = ready_made(period, ZONE, moment())
    assert (start, end) == (wanted.start, wanted.end)


def bounds_in_grafana(tenant: TenantUnderTest, period: str) -> Any:
    from sqlalchemy import select

    from reportgen.compile.grafana_period import grafana_period

    scope = grafana_period(period)
    statement, _ = scope.text(select(scope.start(), scope.end()))
    with tenant.connect() as connection:
        return connection.execute(statement.encode()).fetchone()


def every_tile() -> list[Tile]:
    """Of each report in each of its forms, and each figure of now."""
    tiles = [
        Tile(
            report=slug,
            form=form,
            figure=report.summary[0].name if form in (TileForm.FIGURE, TileForm.GAUGE) else "",
            most=10,
        )
        for slug, report in CATALOGUE.items()
        for form in forms_of(report)
    ]
    return tiles + [
        Tile(report=now.SLUG, form=TileForm.FIGURE, figure=name, filters=filters)
        for name, figure in now.FIGURES.items()
        for filters in ({}, {"contact-group": ("ours queue", "it's")})
        if figure.of_groups or not filters
    ]


def test_every_report_in_every_form_answers_as_the_tenants_own_login(
    ours: TenantUnderTest, theirs: TenantUnderTest
) -> None:
    at = moment()
    fill(ours, 3, at)
    fill(theirs, 5, at)
    panels = tiles_of(board(*every_tile()))
    assert len(panels) == len(every_tile())
    answered = 0
    with ours.connect() as connection:
        for panel in panels:
            statement = expanded(panel["targets"][0]["rawSql"], at, at + timedelta(days=1))
            rows = connection.execute(statement.encode()).fetchall()
            assert "theirs" not in str(rows)
            answered += bool(rows)
    assert answered > len(panels) / 2


@pytest.mark.parametrize("period", ["today", "this-month"])
@pytest.mark.parametrize("filters", [{}, {"contact-group": ("ours queue",)}, {"wait": ("..10",)}])
def test_a_tiles_figures_are_the_reports(
    ours: TenantUnderTest, period: str, filters: dict[str, tuple[str, ...]]
) -> None:
    at = moment()
    fill(ours, 5, at)
    report = CATALOGUE["call-response"]
    scope = Bound(Tenant(ours.tenant_id, ours.slug, ours.slug, ZONE, "nl"), ready_made(period, ZONE, at))
    statement = compile_report(report, scope, read_selections(report, filters), use_rollup=False).summary
    with connect(ours.database.url, "test") as generator, generator.cursor(row_factory=dict_row) as cursor:
        generator.execute("SELECT set_config('gespreksrapportage.tenant', %s, false)", (str(ours.tenant_id),))
        expected = cursor.execute(statement.sql.encode(), statement.parameters).fetchone()
    assert expected is not None
    assert expected["offered"] > 0
    for figure in report.summary:
        tile = Tile(
            report=report.slug, form=TileForm.FIGURE, figure=figure.name, period=period, filters=filters
        )
        (panel,) = tiles_of(board(tile))
        with ours.connect() as connection:
            row = connection.execute(panel["targets"][0]["rawSql"].encode()).fetchone()
        assert row == (expected[figure.name],)
