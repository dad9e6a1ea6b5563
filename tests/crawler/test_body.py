"""A body as a clerk pasted it, read as blocks in order."""

import pytest

from support.extracting import read_article, texts

NBSP = "\u00a0"


def kinds(body):
    return [(block.kind, block.text) for block in read_article(body).blocks]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>Một</p><p>Hai</p>", ["Một", "Hai"]),
        ("Một<p>Hai</p>Ba", ["Một", "Hai", "Ba"]),
        ("Một</p>Hai</p>Ba", ["Một", "Hai", "Ba"]),
        ("</p></div>", []),
        ("<p>Một<p>Hai", ["Một", "Hai"]),
        ("<div>Một<div>Hai</div>Ba</div>", ["Một", "Hai", "Ba"]),
        ("<p>&nbsp;&nbsp; Một&nbsp;&nbsp; hai &nbsp;</p>", ["Một hai"]),
        (f"<p>{NBSP}Một{NBSP * 3}hai{NBSP}</p>", ["Một hai"]),
        ("<p>Một\n\t hai</p>", ["Một hai"]),
        ("<p>&nbsp;</p><p></p><p><b> </b></p><p>Một</p><p><br></p>", ["Một"]),
        ("<p>H<b>Đ</b>ND quận</p>", ["HĐND quận"]),
        ("<p>Giám<span> </span>sát</p>", ["Giám sát"]),
        ("<p>Một<br>hai</p>", ["Một\nhai"]),
        ("<p>Một<br/><br/>hai</p>", ["Một", "hai"]),
        ("<p>Một<br>&nbsp;<br>hai</p>", ["Một", "hai"]),
        ("Một<br><br><br><br>hai", ["Một", "hai"]),
        ("Một<br><b> </b><i>&nbsp;</i> <br>hai<br><b>ba</b><br>", ["Một", "hai\nba"]),
        ('Một<img alt="a>b" src="x.png">hai<hr>ba', ["Mộthai", "ba"]),
        ("<ol><li>Một</li><li>Hai</li></ol>", ["Một", "Hai"]),
        ("<ul><li>Một<ul><li>Hai</li></ul>Ba</li></ul>", ["Một", "Hai", "Ba"]),
        ("<h2>Phần I</h2><p>Một</p>", ["Phần I", "Một"]),
        ("<table><tr><td>Một</td></tr><tr><td>Hai</td></tr></table>", ["Một", "Hai"]),
        ("<table><tr><td>Một</td><td>Hai</td></tr></table>", ["Một | Hai"]),
        ("<table><tr><td>Một</td><td>&nbsp;</td><td>Ba</td></tr></table>", ["Một | Ba"]),
        ("<table><tr><td><p>Một</p></td><td><p>Hai</p></td></tr></table>", ["Một | Hai"]),
        ("<table><tr><td><p>A</p><p>B</p></td><td>C</td></tr></table>", ["A", "B", "C"]),
        ("<table><thead><tr><th>A</th><th>B</th></tr></thead></table>", ["A | B"]),
        ("<blockquote>Một</blockquote><pre>Hai\nba</pre>", ["Một", "Hai ba"]),
        ("<!-- ẩn --><p>Một<!-- ẩn --></p>", ["Một"]),
        ("<style>p{}</style><script>var a=1</script><p>Một</p>", ["Một"]),
        ("<p>5 &lt; 7 &amp; 7 &gt; 5</p>", ["5 < 7 & 7 > 5"]),
        ("<p>&Yacute; ki&#7871;n c&#x1EED; tri</p>", ["Ý kiến cử tri"]),
        ("<font face=Arial>Một</font>", ["Một"]),
        ("<p>Lượt xem: 407</p>", ["Lượt xem: 407"]),
        ("<p>Ngày đăng 01/01/2020 | 08:00</p>", ["Ngày đăng 01/01/2020 | 08:00"]),
        ("<p>Các tin khác</p>", ["Các tin khác"]),
    ],
)
def test_a_block_ends_where_a_reader_sees_a_new_line_begin(body, blocks):
    assert texts(body) == blocks


def test_text_is_in_nfc_whatever_it_was_pasted_as():
    assert texts("<p>Gia\u0301m sa\u0301t, u\u031b\u0300</p>") == ["Giám sát, ừ"]


def test_what_word_leaves_behind_is_no_text():
    body = (
        "<p class=MsoNormal><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View>"
        "</w:WordDocument></xml><![endif]--><span style='mso-x:1'>Một<o:p></o:p></span></p>"
        "<![if !supportLists]><p>Hai</p><![endif]><p><o:p>&nbsp;</o:p></p>"
    )
    assert texts(body) == ["Một", "Hai"]


def test_the_kind_of_a_block_is_told_where_the_markup_shows_it():
    body = (
        "<h3>Mục</h3><p>Chữ</p><ul><li>Ý</li></ul><figure><img src='/image/a'>"
        "<figcaption>Ảnh</figcaption></figure><div class='image-caption'>Chú thích</div>"
        "<table><tr><td>A</td><td>B</td></tr></table>"
    )
    assert kinds(body) == [
        ("heading", "Mục"),
        ("paragraph", "Chữ"),
        ("list-item", "Ý"),
        ("image", ""),
        ("caption", "Ảnh"),
        ("caption", "Chú thích"),
        ("table-row", "A | B"),
    ]


def test_the_row_under_a_row_of_pictures_is_their_caption():
    body = (
        "<table><tr><td><img src='/image/a?img_id=1'></td></tr><tr><td>Quang cảnh</td></tr></table>"
    )
    assert kinds(body) == [("image", ""), ("caption", "Quang cảnh")]


def test_equal_rows_are_each_judged_by_their_own_neighbour():
    picture = "<tr><td><img src='/image/a'></td></tr>"
    body = f"<table><tr><td>X</td></tr>{picture}<tr><td>X</td></tr><tr><td>X</td></tr></table>"
    assert [kind for kind, _ in kinds(body)] == ["paragraph", "image", "caption", "paragraph"]


def test_a_photo_caption_without_markup_of_its_own_is_a_paragraph():
    body = "<p><img src='/image/a'></p>\n  Quang cảnh hội nghị</p>"
    assert kinds(body) == [("image", ""), ("paragraph", "Quang cảnh hội nghị")]


def test_pictures_and_links_stand_where_they_stood_with_addresses_of_the_site():
    body = (
        '<p>Một <a href="/hoat-dong-hdnd/-/view_content/9-x.html?redirect=%2F">bài</a></p>'
        '<p><img src="/image/journal/article?img_id=5&amp;t=1661"></p><p>Hai</p>'
    )
    first, picture, last = read_article(body).blocks
    assert first.links == ("https://quanmau.example/hoat-dong-hdnd/-/view_content/9-x.html",)
    assert picture.images == ("https://quanmau.example/image/journal/article?img_id=5",)
    assert (picture.text, last.text) == ("", "Hai")


def test_an_image_without_an_address_is_no_block():
    assert read_article("<p><img></p><p><img src=''></p><p>Một</p>").blocks[0].text == "Một"


def test_an_embedded_image_is_no_address():
    assert texts("<p>Một<img src='data:image/png;base64,AAAA'></p>") == ["Một"]


def test_attachments_are_known_by_their_names_and_told_once():
    body = """
    <a href="http://quanmau.example/UploadFile/Nghi quyet 12.pdf">Nghị quyết</a>
    <a href="/documents/1/2/B%C3%A1o+c%C3%A1o.docx/0a1b2c3d-0000-1111-2222-0123456789ab?t=1">Tệp</a>
    <a href="/UploadFile/Nghi quyet 12.pdf">lần nữa</a>
    <a href="/UploadFile/BIEU.XLS">Biểu</a> <a href="/documents/1/2/khong-duoi">Tệp</a>
    <a href="/tin-tuc">Tin</a> <a href="mailto:a@b.example">Thư</a> <a href="#x">Trên</a>
    """
    found = read_article(body).attachments
    assert [attachment.name for attachment in found] == [
        "Nghi quyet 12.pdf",
        "Báo cáo.docx",
        "BIEU.XLS",
        "khong-duoi",
    ]
    assert found[0].url == "https://quanmau.example/UploadFile/Nghi%20quyet%2012.pdf"
    assert [(attachment.media_type or "").rpartition("/")[2][:8] for attachment in found] == [
        "pdf",
        "vnd.open",
        "vnd.ms-e",
        "",
    ]


@pytest.mark.parametrize("kind", ["ods", "odp", "txt", "jpg", "jpeg", "png", "tif", "tiff", "TIF"])
def test_a_link_to_a_file_of_any_kind_that_is_read_is_an_attachment(kind):
    (found,) = read_article(f'<p>Kèm: <a href="/UploadFile/9/fax.{kind}">tệp</a></p>').attachments
    assert found.name == f"fax.{kind}"
    assert found.media_type


def test_a_picture_that_the_body_shows_is_no_attachment():
    body = """
    <p><a href="/documents/9/cho.jpg"><img src="/documents/9/cho.jpg"></a>
    <a href="/UploadFile/cho-to.png"><img src="/UploadFile/cho-nho.png"></a>
    <a href="/UploadFile/cau.png">Ảnh cầu</a><img src="/UploadFile/cau.png">
    <a href="/UploadFile/chup.png">bản chụp</a></p>
    """
    article = read_article(body)
    assert [one.name for one in article.attachments] == ["chup.png"]
    assert len(article.blocks[0].images) == 3


def test_the_poster_is_no_text_of_the_article():
    article = read_article("<p>Một</p>")
    assert article.poster == "Văn Thư"
    assert [block.text for block in article.blocks] == ["Một"]


def test_other_boxes_of_the_page_with_the_same_class_are_no_text_either():
    assert "Quảng cáo ở cột bên" not in texts("<p>Một</p>")
    assert "Khác" not in texts("<p>Một</p>")


def test_a_table_of_thousands_of_rows_and_a_deep_nest_are_read():
    rows = "".join(f"<tr><td>{number}</td><td>x</td></tr>" for number in range(3000))
    assert len(texts(f"<table>{rows}</table>")) == 3000
    assert texts("<div>" * 300 + "Sâu" + "</div>" * 300) == ["Sâu"]


def test_tens_of_thousands_of_lines_are_read_without_going_back_over_them():
    assert texts("x<br>" * 40_000) == ["\n".join("x" * 40_000)]
    assert texts("<hr>" * 40_000 + "<i>x</i>" * 40_000) == ["x" * 40_000]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("năm 2023<sup>1</sup> và", "năm 2023¹ và"),
        ("10<sup>9</sup> đồng", "10⁹ đồng"),
        ("10<sup>-6</sup>", "10⁻⁶"),
        ("<b>10</b><sup><a href='#1'>12</a></sup>", "10¹²"),
        ("quý 2<sub>1</sub>", "quý 2₁"),
        ("năm 2023<sup>1a</sup>", "năm 2023 1a"),
        ("25 m<sup>2</sup>", "25 m2"),
        ("ngày 1<sup>st</sup>", "ngày 1st"),
    ],
)
def test_what_is_raised_is_no_digit_of_the_number_before_it(html, text):
    assert texts(f"<p>{html}</p>") == [text]


@pytest.mark.parametrize(
    "html",
    [
        "<details><summary>Một</summary>Hai</details>",
        "<dialog open>Một</dialog>Hai",
        "<fieldset><legend>Một</legend>Hai</fieldset>",
        "<menu><li>Một</li></menu>Hai",
        "<hgroup>Một</hgroup>Hai",
        "Một<nav>Hai</nav>",
        "Một<search>Hai</search>",
    ],
)
def test_every_block_of_html_ends_a_paragraph(html):
    assert texts(html) == ["Một", "Hai"]


def test_an_old_font_is_read_beside_unicode_in_one_paragraph_or_row():
    old = '<font face=".VnTime">Héi ®ång nh©n d©n</font>'
    assert texts(f"<p><b>Cơ quan:</b> {old}</p>") == ["Cơ quan: Hội đồng nhân dân"]
    assert texts(f"<table><tr><td>Người gửi</td><td>{old}</td></tr></table>") == [
        "Người gửi | Hội đồng nhân dân"
    ]


def test_an_old_font_is_read_beside_unicode_in_a_title():
    one = read_article("<p>x</p>", title="Thư của <span>Héi ®ång nh©n d©n</span>")
    assert one.title == "Thư của Hội đồng nhân dân"
