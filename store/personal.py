"""What a column can tell of a person, and how long rows are kept: the words of store/personal_data.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """What a column tells of a person."""

    OUTSIDE_NUMBER = "outside_number"
    """Of somebody outside, in whatever spelling; masked for readers who must not see it whole."""
    OUTSIDE_NAME = "outside_name"
    """As the telephone system or the tenant's list of customers has it."""
    CUSTOMER = "customer"
    """Key of a customer, to whom numbers belong."""
    PERSON = "person"
    """Key of a user: erased with the user, who is nobody afterwards."""
    PERSONS = "persons"
    """Keys of users."""
    PERSON_NAME = "person_name"
    """A user's name, reference or e-mail address."""
    AGENT = "agent"
    """The telephone system's name of an agent."""
    EXTENSION = "extension"
    """Leads to the user who had it at that moment; after an erasure to nobody."""
    ACCOUNT = "account"
    """Key or name of an account."""
    MESSAGE = "message"
    """What a telephone system sent, with all that it says."""
    TEXT = "text"
    """Texts and details that may name somebody."""
    SECRET = "secret"  # noqa: S105 - a kind, not a secret
    """Of an account; given to nobody, also not to its owner."""


class Kept(StrEnum):
    """How long the rows of a table are kept."""

    LIMIT = "limit"
    """As long as the tenant sets for its kind: store.retention_rule."""
    OVER = "over"
    """Until it is over, found by the daily removal: sessions, tokens, attempts to sign in."""
    WORKED_OFF = "worked_off"
    """Until the aggregator has taken it, or the state of now has changed: minutes."""
    TENANT = "tenant"
    """As long as the tenant has it in its organisation, its accounts or its settings."""
    EVIDENCE = "evidence"
    """As long as the tenant exists; the certificate of its deletion for good."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of schema store."""

    kept: Kept
    personal: Mapping[str, Personal]
    plain: frozenset[str]
    """Columns that are not about persons."""
    at: str | None = None
    """The moment (or range) at which an extension on the row belonged to whom it belonged to; None: now."""
