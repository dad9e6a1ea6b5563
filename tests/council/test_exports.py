"""People and posts in the formats of others."""

import re
from datetime import date

import pytest

from council.follow_the_money import entities
from council.identity import people
from council.popolo import popolo
from support.telling import COUNCILS, tell

TOLD = [
    *tell(
        "a",
        date(2024, 3, 20),
        "Ngày 19/3/2024, HĐND quận khai mạc kỳ họp thứ 9, bầu ông Lê Văn Tám giữ chức"
        " Phó Chủ tịch UBND quận. Cử tri Trần Thị Sáu dự.",
        "Chủ tịch HĐND quận Phó Đức Nhuận phát biểu. Ông Hứa Văn Năm được giới thiệu ứng cử chức"
        " danh Ủy viên UBND quận.",
    ),
]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def document():
    return popolo(people(TOLD, COUNCILS), TOLD, COUNCILS)


def test_popolo_refers_to_nothing_that_is_not_there():
    told = document()
    ids = {
        kind: {one["id"] for one in told[kind]} for kind in ("persons", "organizations", "posts")
    }
    assert all(post["organization_id"] in ids["organizations"] for post in told["posts"])
    for membership in told["memberships"]:
        assert membership["person_id"] in ids["persons"]
        assert membership["organization_id"] in ids["organizations"]
        assert membership["post_id"] in ids["posts"]
        assert membership["sources"][0]["url"].startswith("https://")


def test_a_membership_begins_with_a_stated_election_and_not_with_its_evidence():
    by_label = {one["label"]: one for one in document()["memberships"]}
    elected = by_label["Phó Chủ tịch UBND quận"]
    assert elected["start_date"] == "2024-03-19"
    told = by_label["Chủ tịch HĐND quận"]
    assert "start_date" not in told
    assert told["first_evidence"] == "2024-03-20"


def test_a_post_is_one_whoever_holds_it_and_however_its_council_is_written():
    told = [
        *tell(
            "a",
            date(2024, 3, 20),
            "Ông Lê Văn Tám, Phó Chủ tịch UBND quận, nguyên Chủ tịch UBND phường Gò Sành dự.",
            "Phó Chủ tịch UBND quận Lam Khê Hứa Văn Năm nói.",
        ),
        *tell("b", date(2024, 3, 21), "Phó Chủ tịch UBND quận Trần Thị Sáu nói."),
    ]
    labels = [post["label"] for post in popolo(people(told, COUNCILS), told, COUNCILS)["posts"]]
    assert len([label for label in labels if label.startswith("Phó Chủ tịch")]) == 1
    assert len(labels) == 2


def test_a_body_that_nothing_names_is_no_organization():
    told = tell("a", date(2024, 3, 20), "Chủ tịch Lê Văn Tám phát biểu.", council=None)
    assert (one := popolo(people(told, {}), told, {}))["memberships"]
    assert one["organizations"] == []
    assert "organization_id" not in one["memberships"][0] | one["posts"][0]
    found = {entity["schema"] for entity in entities(people(told, {}), told, {})}
    assert found == {"Person", "Position", "Occupancy"}


def test_citizens_and_candidates_are_not_in_it():
    told = document()
    assert {person["id"] for person in told["persons"]} == {
        one["person_id"] for one in told["memberships"]
    }
    assert "Hứa Văn Năm" not in {person["name"] for person in told["persons"]}
    assert "Trần Thị Sáu" not in {person["name"] for person in told["persons"]}
    assert "Ủy viên UBND quận" not in {one["label"] for one in told["memberships"]}


def test_events_have_their_days():
    assert [event["start_date"] for event in document()["events"]] == ["2024-03-19"]
    assert all(DAY.fullmatch(event["end_date"]) for event in document()["events"])


def test_follow_the_money_refers_to_nothing_that_is_not_there():
    found = list(entities(people(TOLD, COUNCILS), TOLD, COUNCILS))
    ids = {entity["id"] for entity in found}
    assert len(ids) == len(found)
    assert {entity["schema"] for entity in found} == {
        "Person", "PublicBody", "Position", "Occupancy", "Event",
    }  # fmt: skip
    for entity in found:
        assert all(isinstance(values, list) and values for values in entity["properties"].values())
        for name in ("holder", "post", "organization"):
            assert set(entity["properties"].get(name, [])) <= ids


LINK = {"url": str, "note": str}
SHAPES = {
    "persons": {"id": str, "name": str, "other_names": list, "sources": list},
    "organizations": {"id": str, "name": str, "classification": str},
    "posts": {"id": str, "label": str, "role": str, "organization_id": str},
    "memberships": {
        "id": str, "person_id": str, "organization_id": str, "post_id": str, "role": str,
        "label": str, "sources": list,
    },
    "events": {
        "id": str, "name": str, "classification": str, "start_date": str, "end_date": str,
        "status": str, "sources": list,
    },
}  # fmt: skip
"""What the JSON schemas of Popolo (popolo-spec, CC BY 4.0) say of what is given, by field."""
OWN = {
    "persons": {"first_evidence", "last_evidence"},
    "organizations": {"jurisdiction"},
    "memberships": {"first_evidence", "last_evidence", "status"},
}
"""Keys that no schema has, which the schemas allow."""


@pytest.mark.parametrize("kind", SHAPES)
def test_popolo_has_the_shapes_of_its_schemas(kind):
    for one in document()[kind]:
        for name, of_type in SHAPES[kind].items():
            assert isinstance(one[name], of_type), name
            assert one[name] or of_type is list, name
        assert one.keys() - {"start_date", "end_date"} == SHAPES[kind].keys() - {
            "start_date", "end_date",
        } | OWN.get(kind, set())  # fmt: skip
        for source in one.get("sources", []):
            assert source.keys() == LINK.keys()
            assert source["url"].startswith("https://")
        for name in ("start_date", "end_date"):
            assert DAY.fullmatch(one.get(name, "2024-01-01"))
        assert all(other.keys() == {"name"} for other in one.get("other_names", []))
