"""What the council did: from an article's version to facts, each with the words that say it.

The door of the package: `facts_of(text)`. All of it is pure; nothing is read or kept here.
"""

from council.model import (
    KINDS,
    Activity,
    Award,
    Cited,
    Commitment,
    Council,
    Count,
    DatedPeriod,
    Fact,
    Impossible,
    Money,
    Person,
    Personnel,
    Post,
    Session,
    Term,
    VersionPassage,
    VersionText,
    Vote,
)
from council.reading import RULE, facts_of

__all__ = [
    "KINDS",
    "RULE",
    "Activity",
    "Award",
    "Cited",
    "Commitment",
    "Council",
    "Count",
    "DatedPeriod",
    "Fact",
    "Impossible",
    "Money",
    "Person",
    "Personnel",
    "Post",
    "Session",
    "Term",
    "VersionPassage",
    "VersionText",
    "Vote",
    "facts_of",
]
