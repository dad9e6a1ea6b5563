"""A node of OpenSearch with the security plugin: TLS, passwords, and roles as a page has them."""

from __future__ import annotations

import base64
import json
import shutil
import ssl
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.cluster_proxy import PASSWORD
from support.opensearch import CACHE, STARTED_WITHIN, Node, readable
from support.opensearch_home import SECURITY, assembled, secured_release
from support.seaweed import free_ports
from support.tls import Issued, issue

ADMINISTRATOR = "quan-tri"
_HASH = "$2y$04$abcdefghijklmnopqrstuuzQDw2v3CQSMowG.sq3X.nH1lfmlmQMW"
"""Of `PASSWORD`, which all users have (bcrypt)."""

_BASIC = {
    "http_enabled": True,
    "transport_enabled": True,
    "order": 0,
    "http_authenticator": {"type": "basic", "challenge": True},
    "authentication_backend": {"type": "internal"},
}
_OF_ALL = {
    "cluster_permissions": ["*"],
    "index_permissions": [{"index_patterns": ["*"], "allowed_actions": ["*"]}],
}


class SecuredNode:
    """One such node: its name, port and authority; each user has the role of the same name."""

    def __init__(self, node: Node, authority: Issued, folder: Path) -> None:
        self.node = node
        self.authority = authority
        self.host = f"localhost:{node.port}"
        self.ca = folder / "ca.pem"
        self.ca.write_bytes(authority.pem)

    def ask(self, path: str, body: object = None, method: str = "GET") -> Any:
        """What it answers to the administrator, not by the client that is tested."""
        pair = base64.b64encode(f"{ADMINISTRATOR}:{PASSWORD}".encode()).decode()
        asked = urllib.request.Request(
            f"https://{self.host}/{path}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Basic {pair}"},
            method=method,
        )
        context = ssl.create_default_context(cafile=self.ca)
        with urllib.request.urlopen(asked, timeout=60, context=context) as answer:
            return json.load(answer)

    def give(self, role: str, rights: Mapping[str, Any]) -> None:
        """Let a role have these rights, and no other, from now on."""
        self.ask(f"_plugins/_security/api/roles/{role}", rights, "PUT")

    def await_green(self) -> None:
        """Wait until it answers, its users known."""
        ends = time.monotonic() + STARTED_WITHIN
        while True:
            self.node.assert_runs()
            try:
                self.ask("_cluster/health?wait_for_status=green&timeout=5s")
                return
            except OSError:
                if time.monotonic() > ends:
                    raise TimeoutError(self.node.said()) from None
                time.sleep(0.2)


@contextmanager
def running_secured(roles: Mapping[str, Any]) -> Iterator[SecuredNode]:
    """One node with these roles, each with a user of its name; ended when it is left."""
    chosen = secured_release()
    folder = Path(tempfile.mkdtemp(prefix="hdnd-secured-"))
    folder.chmod(0o755)
    authority = issue("An Authority", authority=True)
    own = issue("localhost", authority)
    http, transport = free_ports(2)
    settings = {
        "cluster.name": folder.name,
        "node.name": "n0",
        "network.host": "127.0.0.1",
        "http.port": http,
        "transport.port": transport,
        "discovery.type": "single-node",
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "indices.query.bool.max_clause_count": 8192,
        "plugins.security.ssl.http.enabled": True,
        "plugins.security.ssl.transport.enforce_hostname_verification": False,
        "plugins.security.allow_default_init_securityindex": True,
        "plugins.security.authcz.admin_dn": ["CN=nobody"],
        "plugins.security.nodes_dn": ["CN=localhost"],
        "plugins.security.restapi.roles_enabled": [ADMINISTRATOR],
        "plugins.security.audit.type": "noop",
    }
    for layer in ("http", "transport"):
        for part, name in (("cert", "cert"), ("key", "key"), ("trustedcas", "ca")):
            settings[f"plugins.security.ssl.{layer}.pem{part}_filepath"] = f"{name}.pem"
    files = {"cert.pem": own.pem, "key.pem": own.key_pem, "ca.pem": authority.pem}
    files |= _security({**roles, ADMINISTRATOR: _OF_ALL})
    home = readable(assembled(chosen, CACHE), folder)
    node = Node(chosen, home, folder / "n0", settings, files)
    secured = SecuredNode(node, authority, folder)
    try:
        node.start()
        secured.await_green()
        yield secured
    finally:
        node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _security(roles: Mapping[str, Any]) -> dict[str, bytes]:
    """The plugin's own files of configuration."""
    parts: dict[str, tuple[str, dict[str, Any]]] = {
        "config": ("config", {"config": {"dynamic": {"authc": {"basic": _BASIC}}}}),
        "internal_users": ("internalusers", {role: {"hash": _HASH} for role in roles}),
        "roles": ("roles", dict(roles)),
        "roles_mapping": ("rolesmapping", {role: {"users": [role]} for role in roles}),
        "action_groups": ("actiongroups", {}),
        "tenants": ("tenants", {}),
        "nodes_dn": ("nodesdn", {}),
        "allowlist": ("allowlist", {"config": {"enabled": False, "requests": {}}}),
        "audit": ("audit", {"config": {"enabled": False}}),
    }
    return {
        f"{SECURITY}/{name}.yml": json.dumps(
            {"_meta": {"type": kind, "config_version": 2}, **values}
        ).encode()
        for name, (kind, values) in parts.items()
    }
