"""Every rule has a name in the table, and the table is in the docs."""

from council import facts_of
from council.rules import RULES
from support.gold import articles
from support.rules_table import PAGE, page


def test_every_fact_names_a_rule_of_the_table():
    used = {
        fact.rule
        for part in ("tuned", "unseen")
        for article in articles(part)
        for fact in facts_of(article.text)
    }
    assert used <= RULES.keys()
    assert len(used) > 30


def test_the_docs_have_the_table_of_the_code():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -P tests/support/rules_table.py"
