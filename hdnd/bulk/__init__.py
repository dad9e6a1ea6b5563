"""Derivations read by many processes, on this machine or on others, and taken in by one."""
