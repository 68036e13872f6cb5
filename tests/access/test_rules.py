"""Which reports exist for whom, and what each role may do."""

import pytest

from reportgen.access.editions import EDITIONS, NOT_WITH_CALL_CENTER_BASIC, has_report, may_run
from reportgen.access.roles import Action, Principal, Role, Stage, may
from reportgen.catalogue import CATALOGUE
from store.vocabulary import Edition


def test_every_report_of_the_catalogue_has_its_place() -> None:
    assert set(CATALOGUE) <= set(EDITIONS)
    assert set(EDITIONS) >= NOT_WITH_CALL_CENTER_BASIC


def test_standard_is_part_of_premium_and_reports_of_agents_are_not_in_it() -> None:
    standard = {slug for slug in EDITIONS if has_report(Edition.STANDARD, slug)}
    premium = {slug for slug in EDITIONS if has_report(Edition.PREMIUM, slug)}
    assert premium == set(EDITIONS)
    assert {
        "extension-activity",
        "unreturned-missed-calls",
        "calls-by-customer",
        "management-summary",
    } <= standard
    assert not {"contact-group-overview", "agent-activity", "dnd-detail", "queue-performance"} & standard


@pytest.mark.parametrize("slug", ["agent-activity", "status-duration", "wrap-up", "agent-unavailable-daily"])
def test_call_center_basic_has_no_agent_activity_status_duration_or_reason_codes(slug: str) -> None:
    assert has_report(Edition.PREMIUM, slug)
    assert not has_report(Edition.PREMIUM, slug, call_center_basic=True)
    assert has_report(Edition.PREMIUM, "agent-by-group", call_center_basic=True)


def test_a_report_that_nobody_placed_exists_for_nobody() -> None:
    assert not has_report(Edition.PREMIUM, "no-such-report")


@pytest.mark.parametrize(
    ("role", "stage", "runs"),
    [
        (Role.ADMINISTRATOR, Stage.OPEN, True),
        (Role.SUPERVISOR, Stage.OPEN, True),
        (Role.USER, Stage.OPEN, True),
        (Role.ADMINISTRATOR, Stage.SECOND_FACTOR, False),
        (Role.ADMINISTRATOR, Stage.NEW_PASSWORD, False),
        (Role.PRIVACY_OFFICER, Stage.OPEN, False),
        (Role.OPERATOR, Stage.OPEN, False),
    ],
)
def test_who_may_run_a_report(role: Role, stage: Stage, runs: bool) -> None:
    principal = Principal("x", role, 1, edition=Edition.PREMIUM, stage=stage)
    assert may_run(principal, "calls-by-date") is runs


def test_only_who_watches_over_a_tenant_reads_its_trail_and_only_the_operator_makes_tenants() -> None:
    assert {role for role in Role if may(role, Action.READ_AUDIT_TRAIL)} == {
        Role.ADMINISTRATOR,
        Role.PRIVACY_OFFICER,
    }
    assert {role for role in Role if may(role, Action.MANAGE_TENANTS)} == {Role.OPERATOR}
