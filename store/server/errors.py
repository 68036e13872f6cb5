"""What can go wrong between asking for a database server and having one."""


class ServerError(Exception):
    """A database server cannot be prepared, started or reached; the message says why and what to do."""


class NotAvailableError(ServerError):
    """This way to a server does not exist on this machine, which is no fault: the next way is tried."""
