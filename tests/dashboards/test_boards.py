"""The generated boards: current, complete and in both languages."""

import json
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dashboards.boards import BOARDS
from dashboards.build import files
from dashboards.panels import CALLS, METRICS, UNKNOWN
from gespreksrapportage.generated import ROOT, differences, write
from reportgen.texts import Language

GENERATED = {str(path): json.loads(content) for path, content in files().items()}
PANELS = [
    pytest.param(path, panel, id=f"{path.removeprefix('provisioning/grafana/dashboards/')}:{panel['id']}")
    for path, board in GENERATED.items()
    for panel in board["panels"]
]


def test_the_files_in_the_repository_are_current() -> None:
    assert differences() == []


def test_a_stale_a_missing_and_an_extra_file_are_told(tmp_path: Path) -> None:
    write(tmp_path)
    assert differences(tmp_path) == []
    stale, missing = (tmp_path / name for name in list(files())[:2])
    stale.write_text("{}", encoding="utf-8")
    missing.unlink()
    extra = stale.with_name("extra.json")
    extra.write_text("{}", encoding="utf-8")
    told = [sentence.split(" ", 1) for sentence in differences(tmp_path)]
    assert sorted((Path(name).name, words) for name, words in told) == sorted(
        [
            (stale.name, "is not current."),
            (missing.name, "is missing."),
            ("extra.json", "is made by nothing any more."),
        ]
    )
    write(tmp_path)
    assert differences(tmp_path) == []


def test_the_command_checks_without_writing() -> None:
    check = subprocess.run(
        [sys.executable, "-m", "gespreksrapportage.generated", "--check"], check=False, cwd=ROOT
    )
    assert check.returncode == 0


def test_uids_and_titles_are_unique() -> None:
    uids = Counter(board["uid"] for board in GENERATED.values())
    titles = Counter((Path(path).parent, board["title"]) for path, board in GENERATED.items())
    assert [key for key, count in [*uids.items(), *titles.items()] if count > 1] == []


@pytest.mark.parametrize("path", GENERATED)
def test_a_board_leaves_its_number_to_grafana_and_numbers_its_panels(path: str) -> None:
    board = GENERATED[path]
    assert "id" not in board
    identities = [panel["id"] for panel in board["panels"]]
    assert identities == list(range(1, len(identities) + 1))


@pytest.mark.parametrize("path", GENERATED)
def test_a_boards_day_is_the_local_one(path: str) -> None:
    assert GENERATED[path]["timezone"] == "Europe/Amsterdam"


@pytest.mark.parametrize("path", GENERATED)
def test_panels_fill_the_grid_without_overlap(path: str) -> None:
    cells: Counter[tuple[int, int]] = Counter()
    for panel in GENERATED[path]["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                cells[x, y] += 1
    assert max(cells.values()) == 1
    bottom = max(y for _, y in cells) + 1
    assert len(cells) == 24 * bottom, "a gap in the layout"


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)
def test_every_text_is_there_in_both_languages(board: Any) -> None:
    dutch, english = (texts(json.loads(board.json(language))) for language in Language)
    assert len(dutch) == len(english)
    assert all(dutch)
    assert all(english)
    assert dutch[0] != english[0]


def texts(board: dict[str, Any]) -> list[str]:
    """Title, panel titles and descriptions, and column headings."""
    found = [board["title"]]
    for panel in board["panels"]:
        found += [panel["title"], panel.get("description", panel["title"])]
        for override in panel["fieldConfig"]["overrides"]:
            found += [each["value"] for each in override["properties"] if each["id"] == "displayName"]
    return found


@pytest.mark.parametrize(("path", "panel"), PANELS)
def test_a_panel_names_its_data_source(path: str, panel: dict[str, Any]) -> None:
    """Without one Grafana takes its default; a tenant has no Prometheus, which shows everybody's figures."""
    allowed = [CALLS, METRICS] if "/operator/" in path else [CALLS]
    assert panel["datasource"] in allowed
    assert panel["targets"]
    assert all(target["datasource"] in allowed for target in panel["targets"])


@pytest.mark.parametrize("path", GENERATED)
def test_every_variable_that_is_asked_for_can_be_chosen(path: str) -> None:
    board = GENERATED[path]
    there = {each["name"] for each in board["templating"]["list"]}
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\$\{(\w+)", target.get("rawSql", ""))
    }
    assert asked <= there
    shown = {each["name"] for each in board["templating"]["list"] if not each.get("hide")}
    assert shown <= asked, "a choice that changes nothing"


@pytest.mark.parametrize("path", GENERATED)
def test_a_big_screen_shows_the_whole_board(path: str) -> None:
    """1080 lines less the choices above are 26 rows of Grafana's grid."""
    if "/operator/" not in path:
        assert max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in GENERATED[path]["panels"]) <= 27


@pytest.mark.parametrize(("path", "panel"), PANELS)
def test_thresholds_rise(path: str, panel: dict[str, Any]) -> None:
    field = panel["fieldConfig"]
    settings = [field["defaults"]["thresholds"]]
    settings += [
        each["value"]
        for override in field["overrides"]
        for each in override["properties"]
        if each["id"] == "thresholds"
    ]
    for setting in settings:
        first, *values = [step["value"] for step in setting["steps"]]
        assert first is None
        assert all(lower < higher for lower, higher in pairwise(values))


@pytest.mark.parametrize(("path", "panel"), PANELS)
def test_a_tile_without_a_value_is_no_alarm(path: str, panel: dict[str, Any]) -> None:
    """Grafana would give it the colour of the lowest values: red where more is better."""
    if panel["type"] == "stat":
        assert panel["fieldConfig"]["defaults"]["mappings"] == [UNKNOWN]
