"""Signing in: what opens a session, what does not, and when a session ends."""

from datetime import UTC, datetime, timedelta

import psycopg
import pyotp
import pytest

from reportgen.access.accounts import (
    ScopeWanted,
    accounts_of,
    create_account,
    make_scope,
)
from reportgen.access.passwords import WeakPasswordError
from reportgen.access.roles import Action, Role, Stage
from reportgen.access.sign_in import (
    SignInError,
    TooManyAttemptsError,
    change_password,
    csrf_token,
    give_code,
    is_csrf_token,
    offer_second_factor,
    principal_of_session,
    principal_of_token,
    sign_in,
    sign_out,
)
from reportgen.access.tokens import create_token, digest
from store.connect import Connection
from store.errors import UserError
from tests.access.conftest import PASSWORD, Accounts
from tests.reportgen.builders import TenantBuilder

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
NOW = datetime(2026, 11, 2, 8, 0, 10, tzinfo=UTC)
OTHER_PASSWORD = "four words are enough"


def fail(portal: Connection, name: str, times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(SignInError):
            sign_in(portal, name, "not the password", address=address)


def a_quarter_of_an_hour_later(owner: psycopg.Connection) -> None:
    owner.execute("UPDATE store.sign_in_attempt SET attempted_at = attempted_at - interval '16 minutes'")


def with_second_factor(portal: Connection, name: str, now: datetime = NOW) -> pyotp.TOTP:
    session = sign_in(portal, name, PASSWORD, address=HERE).secret
    totp = pyotp.TOTP(offer_second_factor(portal, session))
    give_code(portal, session, totp.at(now), now=now)
    return totp


def test_the_password_opens_a_session_that_says_who_it_is(
    portal: Connection, make_account: Accounts, acme: TenantBuilder
) -> None:
    make_account("anna", call_center_basic=True)
    session = sign_in(portal, " Anna ", PASSWORD, address=HERE)
    principal = principal_of_session(portal, session.secret)
    assert principal is not None
    assert (principal.name, principal.role, principal.tenant_id) == (
        "anna",
        Role.ADMINISTRATOR,
        acme.tenant_id,
    )
    assert (principal.scope_id, principal.edition, principal.call_center_basic) == (None, "premium", True)
    assert session.stage is principal.stage is Stage.OPEN


def test_an_address_or_a_tenants_name_before_the_name_will_do(
    portal: Connection, make_account: Accounts
) -> None:
    make_account("anna", email="Anna@Example.com")
    for name in ("ANNA@example.COM", "acme/anna", "acme/anna@example.com"):
        assert sign_in(portal, name, PASSWORD, address=HERE).stage is Stage.OPEN
    with pytest.raises(SignInError):
        sign_in(portal, "rival/anna", PASSWORD, address=HERE)


def test_two_tenants_may_have_users_of_one_name(
    portal: Connection, make_account: Accounts, acme: TenantBuilder, rival: TenantBuilder
) -> None:
    make_account("anna", tenant="rival")
    make_account("anna")
    for name, tenant in (("acme/anna", acme), ("rival/anna", rival)):
        principal = principal_of_session(portal, sign_in(portal, name, PASSWORD, address=HERE).secret)
        assert principal is not None
        assert principal.tenant_id == tenant.tenant_id


def test_anothers_user_of_the_same_name_shuts_nobody_out(
    portal: Connection,
    administrator: Connection,
    make_account: Accounts,
    acme: TenantBuilder,
    rival: TenantBuilder,
) -> None:
    create_account(administrator, "rival", "anna", Role.ADMINISTRATOR, password=OTHER_PASSWORD)
    make_account("anna")
    administrator.execute(
        "UPDATE store.account SET one_time_until = NULL, password_hash = NULL WHERE tenant_id = %s",
        [rival.tenant_id],
    )
    principal = principal_of_session(portal, sign_in(portal, "anna", PASSWORD, address=HERE).secret)
    assert principal is not None
    assert principal.tenant_id == acme.tenant_id


@pytest.mark.parametrize(
    "name", ["anna", "nobody", "", "acme/", "x" * 10_000, "' OR true --", "a\0b", "\udc80"]
)
def test_nothing_else_opens_one_and_the_answer_is_always_the_same(
    portal: Connection, make_account: Accounts, name: str
) -> None:
    make_account("anna")
    with pytest.raises(SignInError, match=r"^The name or password is not right\.$"):
        sign_in(portal, name, "not the password", address=HERE)


def test_a_disabled_user_is_out_at_once(
    portal: Connection, administrator: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    session = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    accounts_of(administrator, "acme").disable("anna")
    assert principal_of_session(portal, session) is None
    with pytest.raises(SignInError):
        sign_in(portal, "anna", PASSWORD, address=HERE)
    accounts_of(administrator, "acme").disable("anna", disabled=False)
    assert principal_of_session(portal, session) is None
    sign_in(portal, "anna", PASSWORD, address=HERE)


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_after_five_failures_the_password_is_not_looked_at_for_a_quarter_of_an_hour(
    portal: Connection, owner: psycopg.Connection, make_account: Accounts, name: str
) -> None:
    """Whether there is such a user or not."""
    make_account("anna")
    fail(portal, name, 5)
    for password in (PASSWORD, "wrong"):
        with pytest.raises(TooManyAttemptsError):
            sign_in(portal, name, password, address=HERE)
    a_quarter_of_an_hour_later(owner)
    if name == "anna":
        assert sign_in(portal, name, PASSWORD, address=HERE).stage is Stage.OPEN
    else:
        fail(portal, name, 1)


def test_the_user_is_not_shut_out_from_elsewhere_until_there_are_very_many(
    portal: Connection, owner: psycopg.Connection, make_account: Accounts
) -> None:
    make_account("anna")
    for last in range(10, 14):
        fail(portal, "anna", 5, address=f"192.0.2.{last}")
    sign_in(portal, "anna", PASSWORD, address=HERE)
    fail(portal, "anna", 5, address="192.0.2.14")
    with pytest.raises(TooManyAttemptsError):
        sign_in(portal, "anna", PASSWORD, address=HERE)


def test_one_address_cannot_try_all_users(
    portal: Connection, owner: psycopg.Connection, make_account: Accounts
) -> None:
    owner.execute(
        """
        INSERT INTO store.sign_in_attempt (sign_in_id, subject, address)
        SELECT nextval('store.sign_in_id'), 'name:' || n, %s FROM generate_series(1, 50) AS n
        """,
        [HERE],
    )
    make_account("anna")
    with pytest.raises(TooManyAttemptsError):
        sign_in(portal, "anna", PASSWORD, address=HERE)
    sign_in(portal, "anna", PASSWORD, address=ELSEWHERE)


def test_success_forgets_the_failures_before_it(portal: Connection, make_account: Accounts) -> None:
    make_account("anna")
    for _ in range(3):
        fail(portal, "anna", 4)
        sign_in(portal, "anna", PASSWORD, address=HERE)


def test_names_that_are_tried_are_not_kept(portal: Connection, owner: psycopg.Connection) -> None:
    """Somebody may have typed his password there."""
    fail(portal, "my-secret-password", 1)
    (subject,) = owner.execute("SELECT subject FROM store.sign_in_attempt").fetchone() or ("",)
    assert subject.startswith("name:")
    assert "my-secret-password" not in subject


def test_the_database_holds_no_secret(
    portal: Connection, owner: psycopg.Connection, make_account: Accounts
) -> None:
    make_account("anna")
    session = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    rows = owner.execute(
        "SELECT password_hash, session_hash FROM store.account JOIN store.account_session USING (account_id)"
    ).fetchall()
    ((password_hash, session_hash),) = rows
    assert password_hash.startswith("$argon2id$")
    assert session_hash == digest(session)


def test_an_idle_session_ends_and_a_used_one_lives_on_until_its_day_is_over(
    portal: Connection, owner: psycopg.Connection, make_account: Accounts
) -> None:
    make_account("anna")
    session = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    for _ in range(3):
        owner.execute("UPDATE store.account_session SET seen_at = seen_at - interval '59 minutes'")
        assert principal_of_session(portal, session) is not None
    owner.execute("UPDATE store.account_session SET seen_at = seen_at - interval '61 minutes'")
    assert principal_of_session(portal, session) is None
    session = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    owner.execute("UPDATE store.account_session SET expires_at = expires_at - interval '12 hours'")
    assert principal_of_session(portal, session) is None


def test_signing_out_ends_this_session_alone(portal: Connection, make_account: Accounts) -> None:
    make_account("anna")
    one, other = (sign_in(portal, "anna", PASSWORD, address=HERE).secret for _ in range(2))
    sign_out(portal, one)
    assert principal_of_session(portal, one) is None
    assert principal_of_session(portal, other) is not None


def test_a_one_time_password_opens_nothing_but_the_choice_of_another(
    portal: Connection, administrator: Connection, acme: TenantBuilder
) -> None:
    given = create_account(administrator, "acme", "anna", Role.ADMINISTRATOR)
    session = sign_in(portal, "anna", given, address=HERE)
    principal = principal_of_session(portal, session.secret)
    assert session.stage is Stage.NEW_PASSWORD
    assert principal is not None
    assert not any(principal.may(action) for action in Action)
    opened = change_password(portal, session.secret, given, OTHER_PASSWORD)
    assert opened.stage is Stage.OPEN
    assert principal_of_session(portal, session.secret) is None
    principal = principal_of_session(portal, opened.secret)
    assert principal is not None
    assert principal.may(Action.SEE_REPORTS)
    with pytest.raises(SignInError):
        sign_in(portal, "anna", given, address=HERE)
    assert sign_in(portal, "anna", OTHER_PASSWORD, address=HERE).stage is Stage.OPEN


def test_a_one_time_password_that_was_not_used_for_a_week_is_void(
    portal: Connection, administrator: Connection, owner: psycopg.Connection, acme: TenantBuilder
) -> None:
    given = create_account(administrator, "acme", "anna", Role.ADMINISTRATOR)
    owner.execute("UPDATE store.account SET one_time_until = one_time_until - interval '8 days'")
    with pytest.raises(SignInError):
        sign_in(portal, "anna", given, address=HERE)


def test_a_new_password_ends_the_sessions_of_the_old_one(
    portal: Connection, administrator: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    sessions = [sign_in(portal, "anna", PASSWORD, address=HERE).secret for _ in range(2)]
    kept = change_password(portal, sessions[0], PASSWORD, OTHER_PASSWORD).secret
    assert [principal_of_session(portal, each) for each in sessions] == [None, None]
    accounts_of(administrator, "acme").replace_password("anna")
    assert principal_of_session(portal, kept) is None


def test_the_old_password_is_asked_for_and_cannot_be_guessed_at_will(
    portal: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    session = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    for _ in range(5):
        with pytest.raises(SignInError):
            change_password(portal, session, "guessed", OTHER_PASSWORD)
    with pytest.raises(TooManyAttemptsError):
        change_password(portal, session, PASSWORD, OTHER_PASSWORD)


@pytest.mark.parametrize("password", ["short", "anna anna anna", "a" * 50, "x" * 201])
def test_a_password_that_is_easily_guessed_is_refused(
    portal: Connection, make_account: Accounts, password: str
) -> None:
    make_account("anna")
    session = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    with pytest.raises(WeakPasswordError):
        change_password(portal, session, PASSWORD, password)


def test_with_a_second_factor_the_password_alone_opens_nothing(
    portal: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    totp = with_second_factor(portal, "anna")
    later = NOW + timedelta(minutes=5)
    waiting = sign_in(portal, "anna", PASSWORD, address=HERE)
    principal = principal_of_session(portal, waiting.secret)
    assert waiting.stage is Stage.SECOND_FACTOR
    assert principal is not None
    assert not any(principal.may(action) for action in Action)
    with pytest.raises(SignInError):
        change_password(portal, waiting.secret, PASSWORD, OTHER_PASSWORD)
    opened = give_code(portal, waiting.secret, totp.at(later), now=later)
    assert opened.stage is Stage.OPEN
    assert principal_of_session(portal, waiting.secret) is None
    principal = principal_of_session(portal, opened.secret)
    assert principal is not None
    assert principal.may(Action.SEE_REPORTS)


def test_no_code_is_taken_twice_and_none_of_another_time(portal: Connection, make_account: Accounts) -> None:
    make_account("anna")
    totp = with_second_factor(portal, "anna")
    waiting = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    for code in (totp.at(NOW), totp.at(NOW + timedelta(minutes=2)), "000000", "", "abcdef"):
        with pytest.raises((SignInError, TooManyAttemptsError)):
            give_code(portal, waiting, code, now=NOW)


def test_codes_cannot_be_guessed_at_will(
    portal: Connection, owner: psycopg.Connection, make_account: Accounts
) -> None:
    """Neither in one session nor by opening a new one for every few codes."""
    make_account("anna")
    totp = with_second_factor(portal, "anna")
    later = NOW + timedelta(minutes=5)
    wrong = f"{(int(totp.at(later)) + 1) % 1_000_000:06}"
    for _ in range(2):
        waiting = sign_in(portal, "anna", PASSWORD, address=HERE).secret
        with pytest.raises(SignInError):
            give_code(portal, waiting, wrong, now=later)
    waiting = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    for attempt in (
        lambda: give_code(portal, waiting, totp.at(later), now=later),
        lambda: sign_in(portal, "anna", PASSWORD, address=HERE),
    ):
        with pytest.raises(TooManyAttemptsError):
            attempt()
    a_quarter_of_an_hour_later(owner)
    waiting = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    assert give_code(portal, waiting, totp.at(later), now=later).stage is Stage.OPEN


def test_who_lost_the_authenticator_gets_in_again_with_the_administrators_help(
    portal: Connection, administrator: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    with_second_factor(portal, "anna")
    accounts_of(administrator, "acme").remove_second_factor("anna")
    assert sign_in(portal, "anna", PASSWORD, address=HERE).stage is Stage.OPEN


def test_a_second_factor_cannot_be_replaced_by_who_has_only_a_session(
    portal: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    with_second_factor(portal, "anna")
    waiting = sign_in(portal, "anna", PASSWORD, address=HERE).secret
    with pytest.raises(SignInError):
        offer_second_factor(portal, waiting)


def test_a_forms_token_belongs_to_its_session() -> None:
    assert is_csrf_token("one", csrf_token("one"))
    for given in (csrf_token("other"), "", "é"):
        assert not is_csrf_token("one", given)


def test_a_token_says_who_it_is_until_it_is_too_old(
    portal: Connection, administrator: Connection, owner: psycopg.Connection, acme: TenantBuilder
) -> None:
    token = create_token(administrator, "acme", name="planning", days=1)
    principal = principal_of_token(portal, token)
    assert principal is not None
    assert (principal.name, principal.tenant_id, principal.scope_id) == ("planning", acme.tenant_id, None)
    assert principal.may(Action.SEE_REPORTS)
    assert not principal.may(Action.MANAGE_ACCOUNTS)
    owner.execute("UPDATE store.api_token SET expires_at = now()")
    assert principal_of_token(portal, token) is None
    assert principal_of_token(portal, token + "x") is None


def test_a_token_may_be_limited_to_a_part(
    portal: Connection, administrator: Connection, acme: TenantBuilder, rival: TenantBuilder
) -> None:
    scope = make_scope(administrator, acme.tenant_id, ScopeWanted(), "none")
    principal = principal_of_token(
        portal, create_token(administrator, "acme", name="planning", days=1, scope="none")
    )
    assert principal is not None
    assert principal.scope_id == scope
    with pytest.raises(UserError, match='no "none"'):
        create_token(administrator, "rival", name="planning", days=1, scope="none")


def test_an_accounts_token_sees_no_more_than_the_account_and_ends_with_it(
    portal: Connection, administrator: Connection, make_account: Accounts, acme: TenantBuilder
) -> None:
    acme.unit("site", "Utrecht")
    make_account("anna", Role.SUPERVISOR, scope=ScopeWanted({"site": ["Utrecht"]}))
    token = create_token(administrator, "acme", name="planning", days=1)
    administrator.execute(
        "UPDATE store.api_token SET account_id = (SELECT account_id FROM store.account WHERE name = 'anna')"
    )
    principal = principal_of_token(portal, token)
    assert principal is not None
    assert principal.scope_id is not None
    accounts_of(administrator, "acme").disable("anna")
    assert principal_of_token(portal, token) is None
