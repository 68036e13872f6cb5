"""The command `gespreksrapportage dashboards`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboards import commands
from dashboards.commands import dashboards
from store.errors import UserError
from tests.dashboards.tenants import TenantUnderTest


def test_boards_are_built_where_the_repository_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(commands, "REPOSITORY", tmp_path)
    with pytest.raises(UserError, match="run this from a copy of it"):
        CliRunner().invoke(dashboards, ["build"], catch_exceptions=False)
    (tmp_path / "provisioning").mkdir()
    with pytest.raises(UserError, match=r"Not current: .*live-overview\.json"):
        CliRunner().invoke(dashboards, ["check"], catch_exceptions=False)
    assert CliRunner().invoke(dashboards, ["build"]).exit_code == 0
    assert CliRunner().invoke(dashboards, ["check"]).exit_code == 0


def test_an_organisation_needs_a_grafana_that_answers(ours: TenantUnderTest, tmp_path: Path) -> None:
    (tmp_path / "viewer").write_text(ours.viewer_url, encoding="utf-8")
    (tmp_path / "admin").write_text("secret", encoding="utf-8")
    files = [f"--viewer-url-file={tmp_path / 'viewer'}", f"--admin-password-file={tmp_path / 'admin'}"]
    with pytest.raises(UserError, match="Grafana at http"):
        CliRunner().invoke(
            dashboards, ["organisation", "--grafana-url=http://127.0.0.1:9", *files], catch_exceptions=False
        )
