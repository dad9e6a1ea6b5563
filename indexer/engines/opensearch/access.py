"""What a cluster is told about who asks, and how its certificate is judged."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, NamedTuple

from archive.ground.configuration import VARIABLES, configured
from archive.ground.credentials import demand_sendable
from archive.ground.errors import UsageError
from archive.ground.message import Message

if TYPE_CHECKING:
    from archive.ground.home import Home


class Access(NamedTuple):
    """User and password, or an API key; `ca` is a file of certificates to trust (PEM).

    Without `ca` the system's are trusted. What is secret is shown in no text of it.
    """

    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: str = ""

    def __repr__(self) -> str:
        return f"Access(ca={self.ca!r})"

    @property
    def secret(self) -> bool:
        """Whether there is anything that nobody else may read."""
        return bool(self.api_key or self.user or self.password)

    @property
    def headers(self) -> dict[str, str]:
        """The header that says who asks (RFC 7617; API keys as OpenSearch has them from 3.7 on).

        Raises `UsageError` for credentials that no header can carry, and for a half of them.
        """
        demand_sendable(_set_as("user"), self.user, without=":")
        demand_sendable(_set_as("password"), self.password)
        demand_sendable(_set_as("api_key"), self.api_key, as_it_is=True)
        for field, other in (("user", "password"), ("password", "user")):
            if getattr(self, other) and not getattr(self, field):
                hint = Message("indexer.set-both")
                raise UsageError("indexer.half-credentials", name=_set_as(field), hint=hint)
        if self.api_key:
            return {"Authorization": f"ApiKey {self.api_key}"}
        if self.user:
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            return {"Authorization": f"Basic {pair}"}
        return {}


def _set_as(field: str) -> str:
    """Where it is set: the variable, and the key of the file."""
    return f"{VARIABLES['index'][field]} ([index] {field})"


def access_of(home: Home) -> Access:
    """Who asks, as the environment or the configuration file says (`configured`)."""
    fields = ("user", "password", "api_key", "ca")
    return Access(**{field: configured(home, "index", field) or "" for field in fields})


NOBODY = Access()
"""Who asks without saying who."""
