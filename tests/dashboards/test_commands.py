"""The command `gespreksrapportage dashboards`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboards import commands
from dashboards.commands import dashboards
from store.errors import UserError


def test_boards_are_built_where_the_repository_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(commands, "REPOSITORY", tmp_path)
    with pytest.raises(UserError, match="run this from a copy of it"):
        CliRunner().invoke(dashboards, ["build"], catch_exceptions=False)
    (tmp_path / "provisioning").mkdir()
    with pytest.raises(UserError, match=r"Not current: .*live-overview\.json"):
        CliRunner().invoke(dashboards, ["check"], catch_exceptions=False)
    assert CliRunner().invoke(dashboards, ["build"]).exit_code == 0
    assert CliRunner().invoke(dashboards, ["check"]).exit_code == 0
