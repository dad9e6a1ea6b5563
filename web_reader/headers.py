"""What every answer says of itself to a browser: load nothing from elsewhere, run nothing."""

from __future__ import annotations

from werkzeug.wrappers import Response

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For our own pages (Content Security Policy, W3C): no script, nothing inline."""

REPLAY_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' data:; media-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""For captured pages: an origin of their own without scripts, that reaches this server alone."""

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}


def secure(response: Response) -> None:
    """Add what an answer does not say yet."""
    headers = response.headers
    for name, value in _EVERYWHERE.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
