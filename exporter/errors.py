"""What can go wrong between the PBX and the database; each message says what to do."""

from store.errors import UserError


class OutboxError(UserError):
    """The outbox file cannot be used."""

    code = "outbox"


class OutboxFullError(OutboxError):
    """There is no room to accept more."""

    code = "outbox-full"


class LoginRefusedError(UserError):
    """The PBX does not let us in."""

    code = "login-refused"


class InvalidRecordingError(UserError):
    """A file cannot be imported, or not wholly."""

    code = "invalid-recording"
