"""What tells one portal of this software from another: name, addresses, columns, languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from archive.ground.errors import HdndError
from archive.ground.message import Message
from crawler.sample_portal.articles import SampleArticle


@dataclass(frozen=True, slots=True)
class Language:
    """The portal's own words in one session language; the real ones mix them up as well."""

    code: str
    views: str
    twelve_hours: bool
    first: str
    previous: str
    next: str
    last: str
    page: str
    showing: str
    related: str
    print: str
    mail: str
    home: str
    nothing: str
    not_found: str

    @property
    def tag(self) -> str:
        """The BCP 47 tag, as in the `lang` attribute."""
        return self.code.replace("_", "-")


VIETNAMESE = Language(
    code="vi_VN",
    views="Lượt xem",
    twelve_hours=False,
    first="Đầu tiên",
    previous="Trước",
    next="next",
    last="Cuối cùng",
    page="Trang",
    showing="Hiển thị {first} - {last} of {total} kết quả.",
    related="Các tin khác",
    print="In bài viết",
    mail="Gửi thư điện tử",
    home="Trang chủ",
    nothing="Không có kết quả nào.",
    not_found="Không tìm thấy nội dung được yêu cầu.",
)
ENGLISH = Language(
    code="en_US",
    views="View count",
    twelve_hours=True,
    first="First",
    previous="Previous",
    next="Next",
    last="Last",
    page="Page",
    showing="Showing {first} - {last} of {total} results.",
    related="Other News",
    print="Print",
    mail="Send email",
    home="Home",
    nothing="There are no results.",
    not_found="The requested resource was not found.",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One portal. `categories` maps a page's slug to its label, in the order of the menu.

    `prefix` is the path of a subsite, empty for the main site; `instance` names the portlet in
    URLs of the `asset_publisher` form; `column` and `position` say where on the page it stands.
    """

    site_id: str
    name: str
    host: str
    categories: Mapping[str, str] = field(hash=False)
    url_form: Literal["view_content", "asset_publisher"]
    prefix: str
    instance: str
    group_id: int
    column: str
    position: int
    skin: str
    languages: tuple[Language, ...]

    @property
    def portlet(self) -> str:
        """The id of the news portlet on a listing page."""
        return "101" if self.url_form == "view_content" else f"101_INSTANCE_{self.instance}"

    def slugs(self, article: SampleArticle) -> tuple[str, ...]:
        """The categories of this portal that an article appears under.

        An article written for the main sample portal is placed here by the category's position.
        Raises HdndError for a category that neither has.
        """
        own = tuple(self.categories)
        if not article.categories:
            return own[:1]
        placed = []
        for slug in article.categories:
            if slug in self.categories:
                placed.append(slug)
            elif slug in THANH_GIANG.categories:
                placed.append(own[tuple(THANH_GIANG.categories).index(slug) % len(own)])
            else:
                raise HdndError(
                    "crawler.sample-category",
                    article=article.name,
                    category=slug,
                    hint=Message("crawler.sample-categories", known=own),
                )
        return tuple(dict.fromkeys(placed))


THANH_GIANG = Layout(
    site_id="thanh-giang",
    name="Cổng thông tin điện tử Quận Thanh Giang",
    host="thanhgiang.example",
    categories=MappingProxyType(
        {
            "hoat-dong-hdnd": "Hoạt động HĐND",
            "tiep-xuc-cu-tri": "Tiếp xúc cử tri",
            "tin-tuc": "Tin tức",
        }
    ),
    url_form="view_content",
    prefix="",
    instance="tG4wRb7LxQ2e",
    group_id=318204,
    column="column-1",
    position=2,
    skin="thanhgiang",
    languages=(VIETNAMESE, ENGLISH),
)
MOC_SON = Layout(
    site_id="moc-son",
    name="Trang thông tin điện tử Huyện Mộc Sơn",
    host="mocson.example",
    categories=MappingProxyType(
        {
            "hoi-dong-nhan-dan": "Hội đồng nhân dân huyện",
            "y-kien-cu-tri": "Ý kiến cử tri",
            "tin-trong-huyen": "Tin trong huyện",
        }
    ),
    url_form="asset_publisher",
    prefix="/web/moc-son",
    instance="Zk9pVn3cHs5D",
    group_id=902716,
    column="column-2",
    position=1,
    skin="mocson",
    languages=(ENGLISH,),
)
