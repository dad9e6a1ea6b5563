"""Leases in object storage: of several workers, one at a time visits a site."""

from archive.leases.lease import Lease
from archive.leases.leases import SECONDS, Leases

__all__ = ["SECONDS", "Lease", "Leases"]
