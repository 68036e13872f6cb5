"""What can go wrong with the database or its contents; each message says what to do."""


class UserError(Exception):
    """Something that the reader of the message can mend: shown as one sentence, without a traceback."""

    code = "error"
    """Stable name of the kind of error, for the API and for translations."""


class DatabaseUnavailableError(UserError):
    """The database cannot be reached."""

    code = "database-unavailable"


class UnknownTenantError(UserError):
    """There is no tenant of that name."""

    code = "unknown-tenant"

    def __init__(self, slug: str) -> None:
        super().__init__(f'There is no tenant "{slug}"; load one with: gespreksrapportage tenant load FILE.')
        self.slug = slug


class UnknownPbxError(UserError):
    """The tenant has no PBX of that name."""

    code = "unknown-pbx"

    def __init__(self, tenant_slug: str, slug: str, known: list[str]) -> None:
        names = ", ".join(known) or "none"
        super().__init__(f'Tenant "{tenant_slug}" has no PBX "{slug}"; it has: {names}.')
        self.slug = slug


class InvalidOrganisationError(UserError):
    """A tenant file cannot be loaded; names the place and the field."""

    code = "invalid-organisation"


class OldSchemaError(UserError):
    """The database lacks migrations that this version needs."""

    code = "old-schema"


class MigrationError(UserError):
    """A migration that was applied differs from the one that is shipped, or fails."""

    code = "migration"
