"""Search engines behind the one door: today the local one."""
