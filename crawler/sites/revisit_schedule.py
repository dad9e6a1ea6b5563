"""When to look again: often at what is new, ever more rarely at what is old.

The annotations are read by cattrs at run time, so they are no texts (no `__future__` import).
"""

from dataclasses import dataclass
from datetime import timedelta

from crawler.sites.values import Days

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RevisitSchedule:
    """How a site is kept up to date; all in days.

    An article is looked at every day while it is younger than `daily_days`; then the time between
    two looks grows with its age, up to `longest_days`. Its images and attachments are looked at
    again after `files_days`, or when it changed. The listings are walked to their ends after
    `sweep_days`. A server's word that nothing changed counts for `full_days`, then the page is
    fetched in full.
    """

    daily_days: Days = 14
    longest_days: Days = 90
    files_days: Days = 30
    sweep_days: Days = 7
    full_days: Days = 28

    def interval(self, age: timedelta) -> timedelta:
        """The time from one look at an article of some age to the next."""
        grown = age / self.daily_days if self.daily_days else self.longest_days * DAY
        return min(max(DAY, grown), self.longest_days * DAY)
