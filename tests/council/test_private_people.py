"""Who is no officer: no post, and nobody's promise."""

from datetime import date

import pytest

from council import VersionPassage, VersionText, facts_of

PUBLISHED = date(2018, 12, 18)


def facts(text, field="body"):
    passages = VersionPassage("title", 0, "Tin"), VersionPassage(field, 0, text)
    return facts_of(VersionText(passages, PUBLISHED, None))


@pytest.mark.parametrize(
    "text",
    [
        "Bà Quản Thị Riêng đề nghị UBND phường sửa cống.",
        "Bà Quản Thị Riêng yêu cầu Phòng Kinh tế trả lời.",
        "Luật sư Trang Văn Cãi nói.",
        "Giáo viên chủ nhiệm Lương Thị Giáo dạy lớp 1.",
        "Bà Lã Thị Mai, giáo viên chủ nhiệm lớp 5A, phát biểu.",
        "Bà Vương Thị Kể, chủ nhiệm hợp tác xã Hoa Mai, nói.",
        "Ông Ngô Văn Dân, trưởng ban quản trị chung cư, phản ánh.",
        "Anh Bùi Văn Quán, chủ tịch hội đồng thành viên Công ty Hoa Mai, khiếu nại.",
        "Ông Hà Kiên Định, Chủ tịch Hội đồng quản trị Công ty Lụa, nói.",
        "Ông Hà Kiên Định, giám đốc HTX Lụa, cho biết xe chạy thưa.",
        "Ông Hà Kiên Định - tổng giám đốc Công ty CP Lụa Bến Sỏi - nói.",
        "Ông Hà Kiên Định, giám đốc một công ty vàng, bị phạt.",
        "Ông Hà Kiên Định, phó tổng giám đốc ngân hàng Lụa, nói.",
        "Bà Lã Thị Mai, trưởng phòng kinh doanh Công ty Hoa Mai, nói.",
        "Bà Lã Thị Mai, tổ trưởng tổ dân phố 22, kiến nghị.",
        "Bà Lã Thị Mai, giám đốc BSGS, kiến nghị.",
        "Bà Lã Thị Mai, giám đốc CTCP Hoa Mai, kiến nghị.",
        "Bà Lã Thị Mai, chi hội trưởng Chi hội phụ nữ khu phố 2, nói.",
    ],
)
def test_no_office_makes_nobody_public(text):
    found = facts(text)
    assert [fact.value.private for fact in found if fact.kind == "person"] == [True]
    assert [fact for fact in found if fact.kind == "post"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Ông Hà Kiên Định, giám đốc Công ty Lụa, đại biểu HĐND quận, nói.",
        "Ông Hà Kiên Định, tổng giám đốc Tổng công ty Lụa, nói.",
        "Ông Hà Kiên Định, giám đốc Công ty TNHH MTV Thoát nước Bến Sỏi, nói.",
        "Ông Hà Kiên Định, giám đốc Ngân hàng Nhà nước Bến Sỏi, nói.",
        "Bà Lã Thị Mai, chi hội trưởng Hội Bảo vệ trẻ em tỉnh, nói.",
    ],
)
def test_an_office_beside_a_firm_and_the_firms_of_the_state_are_public(text):
    found = facts(text)
    assert [fact.value.private for fact in found if fact.kind == "person"] == [False]
    assert [fact for fact in found if fact.kind == "post"]


@pytest.mark.parametrize(
    "text",
    [
        "Cử tri Mạc Văn Kín hứa tháo dỡ trước ngày 1/3/2019.",
        "Ông Mạc Văn Kín hứa tháo dỡ trước ngày 1/3/2019.",
        "UBND quận yêu cầu ông Mạc Văn Kín tháo dỡ nhà trước ngày 1/3/2019.",
        "Nếu có vốn, UBND quận sẽ làm xong trước ngày 30/6/2019.",
        "UBND quận sẽ hoàn thành trước ngày 30/6/2019 nếu có vốn.",
        "UBND quận không cam kết hoàn thành trước ngày 30/9/2019.",
    ],
)
def test_a_private_person_s_word_and_a_condition_are_no_promise(text):
    assert [fact for fact in facts(text) if fact.kind == "commitment"] == []


def test_what_is_asked_of_a_body_is_its_own_whoever_asks():
    found = facts("Bà Quản Thị Riêng đề nghị UBND phường sửa chữa cống trước ngày 15/7/2019.")
    assert [fact.value.who for fact in found if fact.kind == "commitment"] == ["UBND phường"]


def test_a_promise_of_lead_and_body_is_one():
    text = "UBND quận hứa hoàn thành trước ngày 30/6/2019."
    fields = ("title", 0, "Tin"), ("lead", 0, text), ("body", 0, f"{text} Đường dài 2 km.")
    version = VersionText(tuple(VersionPassage(*one) for one in fields), PUBLISHED, None)
    assert [fact.passage for fact in facts_of(version) if fact.kind == "commitment"] == [2]
