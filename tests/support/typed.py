"""Made articles of a few words that are easily mixed up, and what a person may type of them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from indexer import Document
from indexer.language.vietnamese import fold

WORDS = [
    *("hội", "đồng", "nhân", "dân", "quận", "phường", "giám", "sát", "khảo", "bán", "bạn", "bàn"),
    *("ban", "kỹ", "kĩ", "thuật", "lý", "lí", "do", "tổ", "đại", "biểu", "cử", "tri", "tiếp"),
    *("xúc", "họp", "kỳ", "thứ", "nghị", "quyết", "chợ", "nước", "sạch", "trường", "học", "ở"),
    *("y", "tế", "kinh", "xã", "an", "ninh", "trật", "tự", "hoà", "hòa", "hoa", "Ủy", "HĐND"),
    *("UBND", "ĐB", "MTTQ", "Q.", "17/8/2020", "tháng 8/2020", "15-NQ/TU", "khóa XX", "20"),
]
ROWS = ["hội đồng nhân dân", "ủy ban nhân dân", "đại biểu", "tiếp xúc cử tri", "kinh tế - xã hội"]
SITES = ("moc-son", "thanh-giang")


def any_document(chance: random.Random, identity: int) -> Document:
    def text(least: int, most: int) -> str:
        words = chance.choices([*WORDS, *ROWS], k=chance.randint(least, most))
        return " ".join(word if chance.random() < 0.9 else fold(word) for word in words)

    day = (
        date(2019, 12, 20) + timedelta(days=chance.randrange(30)) if chance.random() < 0.9 else None
    )
    return Document(
        id=f"d{identity:03}",
        title=text(2, 6),
        lead=text(0, 8),
        body=tuple(text(5, 40) for _ in range(chance.randint(1, 3))),
        date=day if chance.random() < 0.9 else None,
        site=chance.choice(SITES),
        category=None,
        url="u",
        has_attachment=chance.random() < 0.3,
    )


def typed(chance: random.Random) -> str:
    """What a person may type."""

    def words(least: int, most: int) -> str:
        found = chance.choices([*WORDS, *ROWS], k=chance.randint(least, most))
        return " ".join(fold(word) if chance.random() < 0.3 else word for word in found)

    def few_words() -> str:
        """The definition tries every place of each: few enough for it."""
        return " ".join(chance.choices(WORDS, k=chance.randint(2, 4)))

    parts = [
        chance.choice(
            (
                words(1, 3),
                words(1, 2),
                f'"{words(1, 3)}"',
                f"{words(1, 1)} OR {words(1, 2)}",
                f"{words(1, 1)} -{words(1, 1)}",
                f'{words(1, 1)} -"{words(1, 2)}"',
                f'"{few_words()}"~{chance.choice(("", ">"))}{chance.randint(0, 6)}',
                f"{chance.choice(('=', '-='))}{chance.choice(WORDS[:30])}",
                f'="{chance.choice(ROWS)}"',
                f"({words(1, 1)} OR {words(1, 1)}) {words(1, 1)} AND NOT {words(1, 1)}",
                f"title:({words(1, 1)} OR {words(1, 2)})",
                chance.choice(("*an", "*ân", "t*ng", "đ*i", "*ô*g", "h*i")),
                f"title:{chance.choice(WORDS)}",
                f"in:{chance.choice(('title', 'body'))} {words(2, 3)}",
                f'title:"{chance.choice(ROWS)}"',
                chance.choice(
                    ("h*", "đ*", "tr*", "giám sá*", "qua*", "hộ* đồng", "tiep xú*", "đ* b*")
                ),
                chance.choice(ROWS),
                f"{words(1, 1)} date:2020",
                f"{words(1, 1)} date:2019-12..1/2020",
                f"{words(1, 1)} site:{chance.choice(SITES)}",
                f"{words(1, 1)} has:attachment",
            )
        )
        for _ in range(chance.choice((1, 1, 2)))
    ]
    return " ".join(parts)


def sentence(chance: random.Random) -> str:
    """What a person may ask in many words, no article of which has all."""
    return " ".join(chance.choices([*WORDS, *ROWS], k=chance.randint(4, 14)))
