"""What a council paper says of itself is read from its layout, each fact with page and span."""

from __future__ import annotations

import pytest

from archive.attachment_text import How, PageText
from crawler.extraction.attachments.paper import paper_facts
from support import papers
from support.office import docx, paragraph, run

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def facts(*pages):
    read = [PageText(number, text) for number, text in enumerate(pages, 1)]
    found = paper_facts(read)
    for name, span in found.items():
        written = pages[span.page - 1][span.start : span.end]
        assert written.strip() == written != "", name
    return {name: span.value for name, span in found.items()}


def test_a_resolution_says_eight_things(reader):
    found = reader.read(papers.resolution())
    assert {name: span.value for name, span in found.facts.items()} == {
        "number": "15/NQ-HĐND",
        "issuer": "HỘI ĐỒNG NHÂN DÂN PHƯỜNG BẠCH MÃ",
        "place": "Bạch Mã",
        "date": "2025-12-12",
        "kind": "Nghị quyết",
        "title": "Về kế hoạch cải tạo chợ Bến Lau trên địa bàn phường Bạch Mã năm 2026",
        "signer": "Lê Thị Hoài Phương",
        "post": "CHỦ TỊCH",
    }
    assert {name: span.page for name, span in found.facts.items() if span.page != 1} == {
        "signer": 2,
        "post": 2,
    }
    for span in found.facts.values():
        written = found.pages[span.page - 1].text[span.start : span.end]
        assert written.replace("\n", " ") == span.value or span.value in (
            "2025-12-12",
            "Nghị quyết",
        )


def test_of_two_bodies_the_lower_one_issues():
    found = facts(
        "ỦY BAN NHÂN DÂN PHƯỜNG BẠCH MÃ\nPHÒNG KINH TẾ, HẠ TẦNG\nVÀ ĐÔ THỊ\nSố: 123/TTr-KTHTĐT\n"
        + STATE
        + "Bạch Mã, ngày 05 tháng 3 năm 2026\nTỜ TRÌNH\nVề việc sửa chữa đường ngõ\n"
        "Kính gửi: Ủy ban nhân dân phường Bạch Mã\nThực hiện kế hoạch năm 2026."
    )
    assert found["issuer"] == "PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ"
    assert (found["number"], found["kind"]) == ("123/TTr-KTHTĐT", "Tờ trình")
    assert found["title"] == "Về việc sửa chữa đường ngõ"
    assert (found["place"], found["date"]) == ("Bạch Mã", "2026-03-05")


def test_a_letter_has_its_subject_below_its_number():
    found = facts(
        "ỦY BAN NHÂN DÂN\nPHƯỜNG BẠCH MÃ\nSố: 77/UBND-VP\nV/v trả lời kiến nghị cử tri\n"
        "sau kỳ họp thứ ba\n" + STATE + "Bạch Mã, ngày 9 tháng 01 năm 2026\n"
        "Kính gửi: Thường trực Hội đồng nhân dân phường.\nSau khi xem xét."
    )
    assert found["kind"] == "Công văn"
    assert found["title"] == "trả lời kiến nghị cử tri sau kỳ họp thứ ba"


def test_of_a_letter_read_by_ocr_the_subject_is_known_without_its_sign():
    text = (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG BẠCH MÃ.\nSố: 77/UBND-VP\ntrả lời kiến nghị cử tri\n"
        "sau kỳ họp thứ ba\n" + STATE + "Kính gửi: Thường trực Hội đồng nhân dân phường."
    )
    found = paper_facts([PageText(1, text, How.OCR)])
    told = {name: span.value for name, span in found.items()}
    assert told["kind"] == "Công văn"
    assert told["title"] == "trả lời kiến nghị cử tri sau kỳ họp thứ ba"
    assert told["issuer"] == "ỦY BAN NHÂN DÂN PHƯỜNG BẠCH MÃ"
    assert "kind" not in paper_facts([PageText(1, text)])


BODY = (
    "Các phòng chuyên môn soát lại danh mục công trình, báo cáo Thường trực trước\n"
    "khi trình ra kỳ họp để đại biểu cho ý kiến từng khoản."
)


@pytest.mark.parametrize(
    ("heading", "title", "body"),
    [
        ("KẾ HOẠCH", "Thực hiện Nghị quyết số 9-NQ/TW về bảo tồn\nchợ quê", "_____\nI. MỤC ĐÍCH"),
        ("BÁO CÁO", "Thực hiện chất vấn sau kỳ họp thứ ba", BODY),
        ("TỜ TRÌNH", "Đề nghị kéo dài thời gian\nsửa cầu Gò Sỏi", "Kính gửi: Hội đồng"),
        ("THÔNG BÁO", "Phân công đại biểu trực chợ", BODY),
        ("NGHỊ QUYẾT", "Xét chuyển thôn Lau sang phường\nđể hưởng chế độ mới", BODY),
        ("NGHỊ QUYẾT", "Về dự toán và phương án\nphân bổ kinh phí", "HỘI ĐỒNG NHÂN DÂN PHƯỜNG"),
        ("BÁO CÁO", "Kết quả giám sát việc\nthực hiện chính sách chợ", "Thực hiện kế hoạch năm"),
        ("QUY CHẾ", "Tiếp công dân, xử lý đơn\nnhằm giữ kỷ cương", "Điều 1. Phạm vi"),
        ("QUYẾT ĐỊNH", "Ban hành quy chế neo thuyền và\n5 điểm tránh bão", "Căn cứ Luật Thủy sản"),
        ("BÁO CÁO THẨM TRA", "Dự thảo nghị quyết về chợ", "Ban đã họp và có ý kiến như sau:"),
        ("KẾ HOẠCH GIÁM SÁT", "Việc thu gom rác của\nHợp tác xã Lau", "\nTrong năm 2026"),
        ("BÁO CÁO", "KẾT QUẢ SỬA CHỢ\nBẾN LAU NĂM 2025", BODY),
        ("KẾ HOẠCH", "Theo dõi việc sửa chợ", "\nNhân dân hai bên bờ"),
    ],
)
def test_a_title_ends_by_its_form_and_never_by_an_ordinary_word(heading, title, body):
    found = facts(
        f"HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG BẠCH MÃ\nSố: 9/BC-HĐND\n{STATE}{heading}\n{title}\n{body}"
    )
    assert found["title"] == title.replace("\n", " ")


def test_what_begins_the_body_right_below_the_kind_is_no_title():
    body = "Thực hiện kế hoạch năm 2026, Ban Pháp chế\nbáo cáo kết quả như sau:"
    assert "title" not in facts(f"Số: 9/BC-HĐND\n{STATE}BÁO CÁO\n{body}")


def test_an_issuer_that_is_named_after_a_resolution_is_no_kind():
    found = facts(
        f"ĐOÀN GIÁM SÁT\nNGHỊ QUYẾT SỐ 30/NQ-HĐND\nSố: 5/TTr-ĐGS\n{STATE}TỜ TRÌNH\nVề cầu Lau"
    )
    assert (found["kind"], found["title"]) == ("Tờ trình", "Về cầu Lau")


@pytest.mark.parametrize(
    ("name", "signer"),
    [
        ("H'Lan Kđoh", "H'Lan Kđoh"),
        ("K’Brai", "K’Brai"),
        ("K' Brai", "K' Brai"),
        ("Rơ Châm H Mai", "Rơ Châm H Mai"),
        ("Y Blo Niê Kđăm", "Y Blo Niê Kđăm"),
        ("Trung tướng Đỗ Quang Huy", "Đỗ Quang Huy"),
        ("BS.CKII Đỗ Quang Huy", "Đỗ Quang Huy"),
        ("(Đã ký) Đỗ Quang Huy", "Đỗ Quang Huy"),
    ],
)
def test_names_of_all_peoples_are_names_and_a_rank_is_no_part_of_one(name, signer):
    found = facts(f"Số: 1/BC-HĐND\n{STATE}", f"Hết.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\n{name}")
    assert (found["post"], found["signer"]) == ("CHỦ TỊCH", signer)


def test_a_post_stays_where_the_name_below_it_cannot_be_judged():
    foot = "Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHởơ Vn Dlta"
    found = paper_facts([PageText(1, f"Số: 1/BC-HĐND\n{STATE}{foot}", How.OCR)])
    assert found["post"].value == "PHÓ CHỦ TỊCH"
    assert "signer" not in found
    for name in ("Ksor H Bơ", "H'Yăm Kđoh"):
        text = f"Số: 1/BC-HĐND\n{STATE}{foot.replace('Hởơ Vn Dlta', name)}"
        assert paper_facts([PageText(1, text, How.OCR)])["signer"].value == name
    head = facts(f"Số: 1/QĐ-UBND\n{STATE}QUYẾT ĐỊNH\nVề chợ\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LAU")
    assert "post" not in head


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("09/NQ-HĐND", "09/NQ-HĐND"),
        ("097/NQ-HĐND", None),
        ("79/QĐĐ-UBND", "79/QĐ-UBND"),
        ("79/QXĐ-UBND", None),
        ("77/UBND-VP", "77/UBND-VP"),
        ("31/SNNMT-CCTL", "31/SNNMT-CCTL"),
        ("15/2025/NQ-HĐND", "15/2025/NQ-HĐND"),
    ],
)
def test_a_number_read_by_ocr_is_of_a_known_form_or_left_out(read, told):
    text = f"HỘI ĐỒNG NHÂN DÂN\nSố: {read}\n{STATE}NGHỊ QUYẾT\nVề chợ"
    number = paper_facts([PageText(1, text, How.OCR)]).get("number")
    assert (number.value if number else None) == told
    printed = facts(text)["number"]
    assert printed == read
    twice = [PageText(1, text, How.OCR), PageText(2, f"(Kèm theo số {read})", How.OCR)]
    if "0" in read[:1]:
        assert paper_facts(twice)["number"].value == read


def test_a_paper_of_the_party_says_what_it_says():
    found = facts(
        "ĐẢNG ỦY XÃ TÂN LAU\nBAN KIỂM TRA\n*\nSố: 12-BC/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Tân Lau, ngày 5 tháng 5 năm 2022\nBÁO CÁO\nSơ kết quý I\n-----\nChi bộ đã họp.",
        "Nơi nhận:\n- Lưu VPĐU.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nDương Văn Kha",
    )
    assert found == {
        "number": "12-BC/ĐU",
        "issuer": "BAN KIỂM TRA",
        "place": "Tân Lau",
        "date": "2022-05-05",
        "kind": "Báo cáo",
        "title": "Sơ kết quý I",
        "signer": "Dương Văn Kha",
        "post": "BÍ THƯ",
    }


def test_a_normative_resolution_has_the_year_in_its_number():
    found = facts("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ LẠC AN\nSố: 15/2025/NQ-HĐND\n" + STATE)
    assert found["number"] == "15/2025/NQ-HĐND"


@pytest.mark.parametrize(
    ("foot", "post", "signer"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Bình", "PHÓ CHỦ TỊCH",
         "Trần Văn Bình"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nVũ Minh Đức", "CHÁNH VĂN PHÒNG", "Vũ Minh Đức"),
        ("TRƯỞNG BAN\nHoàng Thị Lan Anh", "TRƯỞNG BAN", "Hoàng Thị Lan Anh"),
        ("CHỦ TỊCH\nThS. Đỗ Quang Huy", "CHỦ TỊCH", "Đỗ Quang Huy"),
    ],
)  # fmt: skip
def test_who_signed_and_in_which_post(foot, post, signer):
    found = facts("Số: 1/BC-HĐND\n" + STATE, f"Hết.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n{foot}")
    assert (found["post"], found["signer"]) == (post, signer)


def test_an_annex_behind_the_signature_hides_it_not():
    found = facts("Số: 1/BC-HĐND\n" + STATE, "CHỦ TỊCH\nLê Thị Hoài Phương", "PHỤ LỤC\nBiểu số 1")
    assert found["signer"] == "Lê Thị Hoài Phương"


def test_a_text_that_is_no_paper_has_no_facts():
    assert facts("Danh sách cử tri\nPhường Bạch Mã, ngày 05 tháng 3 năm 2026") == {}
    assert facts("") == {}
    assert facts() == {}


def test_a_draft_without_number_and_day_says_what_it_says():
    found = facts(
        "HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG BẠCH MÃ\nSố:      /NQ-HĐND\n"
        + STATE
        + "Bạch Mã, ngày     tháng 12 năm 2025\nNGHỊ QUYẾT\nVề dự toán năm 2026\nCăn cứ Luật"
    )
    assert found == {
        "issuer": "HỘI ĐỒNG NHÂN DÂN PHƯỜNG BẠCH MÃ",
        "kind": "Nghị quyết",
        "title": "Về dự toán năm 2026",
    }


def test_a_word_document_says_the_same(reader):
    def cell(*lines):
        return "<w:tc>" + "".join(paragraph(run(line)) for line in lines) + "</w:tc>"

    head = (
        "<w:tbl><w:tr>"
        + cell("HỘI ĐỒNG NHÂN DÂN", "PHƯỜNG BẠCH MÃ", "Số: 15/NQ-HĐND")
        + cell(*STATE.strip().split("\n"), "Bạch Mã, ngày 12 tháng 12 năm 2025")
        + "</w:tr></w:tbl>"
    )
    foot = (
        "<w:tbl><w:tr>"
        + cell("Nơi nhận:", "- Lưu: VT.")
        + cell("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "", "Lê Thị Hoài Phương")
        + "</w:tr></w:tbl>"
    )
    body = (paragraph(run(text)) for text in ("NGHỊ QUYẾT", "Về chợ Bến Lau", "Căn cứ Luật"))
    found = {k: v.value for k, v in reader.read(docx(head, *body, foot)).facts.items()}
    assert found == {
        "number": "15/NQ-HĐND",
        "issuer": "HỘI ĐỒNG NHÂN DÂN PHƯỜNG BẠCH MÃ",
        "place": "Bạch Mã",
        "date": "2025-12-12",
        "kind": "Nghị quyết",
        "title": "Về chợ Bến Lau",
        "signer": "Lê Thị Hoài Phương",
        "post": "CHỦ TỊCH",
    }
