"""The theme of the portal's pages: a style sheet, and the font and the picture that it loads."""

from __future__ import annotations

from crawler.sample_portal import files
from crawler.sample_portal.font import lozenge_font

_STYLE_SHEET = """
@import url("in.css");
@font-face{font-family:"Bieu tuong";src:url('../fonts/bieu-tuong.ttf') format("truetype")}
body{margin:0 auto;max-width:1080px;font:15px/1.6 Arial,Helvetica,sans-serif;color:#222}
a{color:#8c1d18;text-decoration:none}a:hover{text-decoration:underline}img{max-width:100%}
#banner{background:#8c1d18 url(../images/hoa-van.png) right center/auto 100% no-repeat;
color:#fff;padding:18px 24px;font-size:22px;text-transform:uppercase}
#menu{background:#f3e9d8;padding:8px 24px}#menu ul{margin:0;padding:0;list-style:none}
#menu li{display:inline-block;margin-right:22px}#menu .child-menu{display:none}
#main-content .portlet-layout{display:flex;gap:28px;padding:16px 24px}
.span9{flex:3;min-width:0}.span3{flex:1;font-size:13px}.dd_chuyenmuc span{margin-right:10px}
.dd_chuyenmuc p{display:inline}.asset-full-content-title{font-size:24px;font-weight:bold}
.assetPublishDate{color:#777;font-size:13px}
.asset-bounddary{border-bottom:1px solid #ddd;padding:10px 0}
.asset-title{margin:0;font-size:17px}.asset-image{float:left;width:140px;margin:0 14px 6px 0}
.asset-bounddary:after{content:"";display:block;clear:both}figure{margin:0;text-align:center}
.lfr-pagination-buttons{list-style:none;padding:0}
.lfr-pagination-buttons li{display:inline;margin:6px}
.lfr-pagination-config,.asset-control-detail img{display:none}.related_asset_title{font-weight:bold}
.cwItem,.weblink-client-portlet{display:none}
.footer-wrapper{background:#f3e9d8;padding:14px 24px;font-size:13px}
.asset-title:before{font-family:"Bieu tuong";content:"\\25c6";color:#8c1d18;margin-right:6px}
"""
_FOR_PRINT = "@media print{#menu,.span3,.footer-wrapper{display:none}}\n"


def theme_file(path: tuple[str, ...]) -> tuple[bytes, str] | None:
    """A file of the theme and its media type; None if there is none."""
    match path:
        case ("css", "main.css"):
            return _STYLE_SHEET.encode(), "text/css"
        case ("css", "in.css"):
            return _FOR_PRINT.encode(), "text/css"
        case ("fonts", "bieu-tuong.ttf"):
            return lozenge_font(), "font/ttf"
        case ("images", "hoa-van.png"):
            return files.png(7, 120, 60), "image/png"
    return None
