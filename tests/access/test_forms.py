"""Wrong input in forms of access, privacy and configuration: a clear sentence, and what was typed stays."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.configuration.kinds import KINDS
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from tests.access.conftest import NOW, Accounts
from tests.access.test_configuration import sign_in
from tests.conftest import Database, RoleNames
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

WRONG = {
    "empty": "",
    "blank": "   ",
    "too long": "y" * 5000,
    "no character": "a\0b",
    "two lines": "a\nb",
    "markup": "<b>\"'&",
    "no number": "twaalf",
    "huge number": "9" * 30,
    "no date": "31-02-2026",
    "theirs": "spies",
}
"""What is typed into each field in turn; `theirs` is the name of everything that another tenant has."""
KEPT = {"markup", "no number", "no date", "theirs"}


@dataclass
class Form:
    """A form of a page, with what its fields hold."""

    action: str
    enctype: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    """Fields into which a person types."""
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """All forms of a page."""

    def __init__(self, path: str, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._path, self._area, self._select = path, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            action = given.get("action") or self._path
            self.found.append(Form(action, given.get("enctype", ""), {}))
            self.method = given.get("method", "get")
            if self.method != "post":
                self.found.pop()
        elif not self.found or not name:
            if tag == "option" and self._select and ("selected" in given or not self._now(self._select)):
                self.found[-1].fields[self._select] = [given.get("value", "")]
        elif tag == "button":
            self.found[-1].buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self._select = name
            self.found[-1].fields.setdefault(name, [])
        elif tag == "textarea":
            self._area = name
            self.found[-1].fields[name] = [""]
            self.found[-1].typed.add(name)
        elif tag == "input":
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        form, kind = self.found[-1], given.get("type", "text")
        if kind in ("checkbox", "radio"):
            form.fields.setdefault(name, [])
            if "checked" in given:
                form.fields[name].append(given.get("value", "on"))
        else:
            form.fields[name] = [given.get("value", "")]
            if kind in ("text", "number", "email", "date", "url", "password"):
                form.typed.add(name)

    def handle_data(self, data: str) -> None:
        if self._area and self.found:
            self.found[-1].fields[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def _now(self, name: str) -> list[str]:
        return self.found[-1].fields[name]


def forms(client: httpx.Client, path: str) -> list[Form]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return [form for form in Forms(path, answer.text).found if form.action not in ("/language", "/sign-out")]


@pytest.fixture
def client(
    database: Database,
    make_account: Accounts,
    acme: TenantBuilder,
    rival: TenantBuilder,
    role_names: RoleNames,
    owner: psycopg.Connection,
) -> Iterator[httpx.Client]:
    """An administrator of a company with some of everything; another tenant has spies everywhere."""
    sample.fill(acme, calls=3)
    owner.execute("UPDATE store.tenant SET unreturned_days = 14")
    for kind in ("site", "division", "department", "cost_centre"):
        rival.unit(kind, "spies")
    rival.person("spies")
    rival.group("spies", "spies")
    rival.customer("spies")
    make_account("anna")
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted({"department": ["department one"]}))
    make_account("spies", tenant="rival")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        sign_in(client, "acme/anna")
        client.cookies.set("language", "en")
        yield client


PAGES = (
    "/users", "/users/new", "/users/sam", "/screens", "/privacy", "/account", "/sign-in/new-password",
    "/alarms/new", "/configuration/targets",
    *(f"/configuration/{kind}/new" for kind in KINDS if kind != "targets"),
    "/configuration/extensions/entry/201", "/configuration/customers/entry/cBakery",
    "/configuration/contact-groups/entry/queue~sales", "/configuration/departments/entry/department one",
)  # fmt: skip


def post(client: httpx.Client, form: Form, **changed: str) -> httpx.Response:
    fields: dict[str, Any] = {**form.fields, **{name: [value] for name, value in changed.items()}}
    return client.post(form.action, data=fields)


@pytest.mark.parametrize("path", PAGES)
def test_wrong_input_is_told_in_a_sentence_and_kept(
    client: httpx.Client, path: str, owner: psycopg.Connection
) -> None:
    for form in forms(client, path):
        button = dict(form.buttons[:1])
        for name in sorted(form.typed - _keys(path)):
            for what, value in WRONG.items():
                # Attempts at passwords and codes are counted.
                owner.execute("DELETE FROM store.sign_in_attempt")
                answer = post(client, form, **button, **{name: value})
                where = (path, form.action, name, what)
                assert answer.status_code < 500, where
                if answer.status_code in (200, 303):
                    continue
                told = re.search(r'role="alert">\s*([^<]+?)\s*<', answer.text)
                assert answer.status_code in (400, 401, 404, 429), (*where, answer.status_code)
                assert told is not None, where
                assert len(told[1]) > 10, where
                if answer.status_code == 400 and what in KEPT and "password" not in path:
                    assert value in Forms(path, answer.text).found[_place(form, answer.text)].fields[name], (
                        where,
                        answer.text,
                    )


@pytest.mark.parametrize("path", [each for each in PAGES if "/entry/" in each or "targets" in each])
def test_a_form_that_is_sent_as_it_is_shown_is_taken(client: httpx.Client, path: str) -> None:
    (form, *_more) = forms(client, path)
    assert post(client, form, **dict(form.buttons[:1])).status_code == 303, form


def test_targets_are_changed_on_the_page_that_shows_them(client: httpx.Client) -> None:
    (form,) = forms(client, "/configuration/targets")
    assert post(client, form, action="save", answer_target_seconds="35").status_code == 303
    assert forms(client, "/configuration/targets")[0].fields["answer_target_seconds"] == ["35"]


def _keys(path: str) -> set[str]:
    """Fields by which a thing is found again, so that they cannot be changed and changed again."""
    _start, entry, _key = path.partition("/entry/")
    return set(KINDS[path.split("/")[2]].key) if entry else set()


def _place(form: Form, page: str) -> int:
    """Which form of the page it is."""
    return next(
        place
        for place, each in enumerate(Forms(form.action, page).found)
        if each.action == form.action and each.fields.keys() == form.fields.keys()
    )
