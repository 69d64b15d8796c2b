"""StreamField blocks that every kind of page can use."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from core import block_previews
from core.pictures import prefetch

LINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*LINE_FEATURES, "ol", "ul", "superscript", "subscript"]


def rich_text(label: Any, **kwargs: Any) -> blocks.RichTextBlock:
    """Running text: bold, italic, links and lists; headings are blocks of their own."""
    return blocks.RichTextBlock(label=label, features=TEXT_FEATURES, **kwargs)


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text; the page's title is the only first-level one."""

    text = blocks.CharBlock(label=_("tiêu đề"), max_length=160)
    level = blocks.ChoiceBlock(label=_("cấp"), choices=[("h2", _("mục")), ("h3", _("mục con"))], default="h2")

    class Meta:
        label = _("tiêu đề mục")
        icon = "title"
        template = "core/blocks/heading.html"
        preview_value = {"text": "Nhận biết bệnh sớm", "level": "h2"}
        description = _("Chia bài thành mục để người đọc tìm nhanh.")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them."""

    text = blocks.TextBlock(label=_("lời trích"))
    attribution = blocks.CharBlock(label=_("người nói"), required=False, max_length=120)
    role = blocks.CharBlock(label=_("chức vụ, nơi ở"), required=False, max_length=160)

    class Meta:
        label = _("trích dẫn")
        icon = "openquote"
        template = "core/blocks/quote.html"
        preview_value = {"text": "Làm đúng lịch thì cây khỏe, người cũng khỏe.", "attribution": "Một bà con trồng hồi", "role": "Nội dung minh họa"}
        description = _("Lời của một người, ghi rõ ai nói.")


class PictureChooserBlock(ImageChooserBlock):
    """A picture of the library, with what is already made of it; all of one block type in two queries."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        images = super().bulk_to_python(values)
        prefetch(images)
        return images

    def deconstruct(self) -> Any:
        """For a migration it is Wagtail's own: what is stored is the same."""
        return ("wagtail.images.blocks.ImageChooserBlock", *super().deconstruct()[1:])


class FigureBlock(blocks.StructBlock):
    """A picture that teaches; without alt text it is not published."""

    image = PictureChooserBlock(label=_("ảnh"))
    alt = blocks.CharBlock(
        label=_("mô tả cho người không nhìn thấy ảnh"), max_length=250, help_text=_("Nói điều ảnh cho thấy, ví dụ: Đốm nâu viền vàng trên lá hồi già.")
    )
    caption = blocks.CharBlock(label=_("chú thích"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("nguồn ảnh"), required=False, max_length=120)

    class Meta:
        label = _("ảnh")
        icon = "image"
        template = "core/blocks/figure.html"
        preview_value = staticmethod(block_previews.figure)
        description = _("Một ảnh với mô tả, chú thích và nguồn.")


class GalleryBlock(blocks.StructBlock):
    """Several pictures of one thing."""

    title = blocks.CharBlock(label=_("tên chùm ảnh"), required=False, max_length=160)
    pictures = blocks.ListBlock(FigureBlock(), label=_("các ảnh"), min_num=2, max_num=40)

    class Meta:
        label = _("chùm ảnh")
        icon = "image"
        template = "core/blocks/gallery.html"
        preview_value = staticmethod(block_previews.gallery)
        description = _("Từ hai ảnh trở lên, xem lần lượt từ trên xuống.")


class CellBlock(blocks.StructBlock):
    """One cell; a struct, because translation reads the text of structs in lists."""

    text = blocks.CharBlock(label=_("nội dung ô"), required=False, max_length=500)

    class Meta:
        label = _("ô")


class RowBlock(blocks.StructBlock):
    """One row of a table."""

    cells = blocks.ListBlock(CellBlock(), label=_("các ô"), min_num=1, max_num=12)

    class Meta:
        label = _("hàng")


class TableBlock(blocks.StructBlock):
    """A table whose words can be translated; Wagtail's own table blocks are skipped by translation."""

    caption = blocks.CharBlock(label=_("tên bảng"), max_length=200)
    header_row = blocks.BooleanBlock(label=_("hàng đầu là tiêu đề"), required=False, default=True)
    header_column = blocks.BooleanBlock(label=_("cột đầu là tiêu đề"), required=False)
    rows = blocks.ListBlock(RowBlock(), label=_("các hàng"), min_num=1, max_num=200)

    def clean(self, value: Any) -> Any:
        """Every row has as many cells as the first. Raises StructBlockValidationError on `rows`."""
        cleaned = super().clean(value)
        widths = [len(row["cells"]) for row in cleaned["rows"]]
        for line, width in enumerate(widths, start=1):
            if width != widths[0]:
                message = _("Hàng %(line)s có %(width)s ô, hàng đầu có %(first)s ô. Thêm hoặc bớt ô cho bằng nhau.")
                raise StructBlockValidationError(block_errors={"rows": ValidationError(message % {"line": line, "width": width, "first": widths[0]})})
        return cleaned

    class Meta:
        label = _("bảng")
        icon = "table"
        template = "core/blocks/table.html"
        description = _("Bảng số liệu; dịch được từng ô.")
        preview_value = {
            "caption": "Lịch chăm sóc",
            "header_row": True,
            "header_column": False,
            "rows": [{"cells": [{"text": "Tháng"}, {"text": "Việc"}]}, {"cells": [{"text": "11"}, {"text": "Thu hái"}]}],
        }


class StepBlock(blocks.StructBlock):
    """One thing to do, in the order of doing."""

    title = blocks.CharBlock(label=_("việc cần làm"), max_length=160)
    text = rich_text(_("cách làm"), required=False)
    minutes = blocks.IntegerBlock(label=_("số phút"), required=False, min_value=1, max_value=100_000)
    figure = PictureChooserBlock(label=_("ảnh"), required=False)
    alt = blocks.CharBlock(label=_("mô tả ảnh"), required=False, max_length=250)

    def clean(self, value: Any) -> Any:
        """A picture needs its words. Raises StructBlockValidationError on `alt`."""
        cleaned = super().clean(value)
        if cleaned.get("figure") and not cleaned.get("alt"):
            raise StructBlockValidationError(block_errors={"alt": ValidationError(_("Ảnh cần một câu mô tả cho người không nhìn thấy."))})
        return cleaned

    class Meta:
        label = _("bước")
        icon = "list-ol"
        template = "core/blocks/step.html"
        preview_value = {"title": "Cắt bỏ cành bệnh", "text": "<p>Cắt sát nách lá, gom vào bao kín.</p>", "minutes": 30}


class StepsBlock(blocks.StructBlock):
    """Numbered steps inside a text."""

    title = blocks.CharBlock(label=_("tên việc"), required=False, max_length=160)
    steps = blocks.ListBlock(StepBlock(), label=_("các bước"), min_num=1, max_num=30)

    class Meta:
        label = _("các bước")
        icon = "list-ol"
        template = "core/blocks/steps.html"
        preview_value = staticmethod(block_previews.steps)
        description = _("Hướng dẫn từng bước có đánh số.")


class CalloutBlock(blocks.StructBlock):
    """What the reader must not miss."""

    title = blocks.CharBlock(label=_("tiêu đề"), required=False, max_length=120)
    text = rich_text(_("nội dung"))

    class Meta:
        label = _("ghi nhớ")
        icon = "info-circle"
        template = "core/blocks/callout.html"
        preview_value = {"title": "Nhớ", "text": "<p>Mỗi tuần thăm vườn một lần.</p>"}
        description = _("Điều người đọc cần nhớ.")


class SafetyBlock(blocks.StructBlock):
    """A danger to people, animals or water; shown in a red frame."""

    title = blocks.CharBlock(label=_("tiêu đề"), required=False, max_length=120)
    text = rich_text(_("nội dung"))

    class Meta:
        label = _("an toàn")
        icon = "warning"
        template = "core/blocks/safety.html"
        preview_value = {"title": "An toàn", "text": "<p>Đeo găng tay và khẩu trang khi làm.</p>"}
        description = _("Nguy hiểm cần tránh; hiện trong khung đỏ.")


class FigureWithSourceBlock(blocks.StructBlock):
    """A figure that was reached or measured. A figure without a source is not published."""

    value = blocks.DecimalBlock(label=_("con số"))
    unit = blocks.CharBlock(label=_("đơn vị"), max_length=40, help_text=_("Ví dụ: tấn/ha, %, triệu đồng/năm."))
    meaning = blocks.CharBlock(label=_("nghĩa là gì với bà con"), max_length=160)
    source = blocks.CharBlock(label=_("nguồn"), max_length=200)
    as_of = blocks.DateBlock(label=_("số liệu đến ngày"))

    class Meta:
        label = _("con số có nguồn")
        icon = "order-up"
        template = "core/blocks/figure_with_source.html"
        preview_value = {"value": "18.5", "unit": "tấn/ha", "meaning": "gấp rưỡi giống cũ", "source": "Nội dung minh họa", "as_of": "2026-10-01"}


class FiguresBlock(blocks.StructBlock):
    """A few figures side by side."""

    title = blocks.CharBlock(label=_("tiêu đề"), required=False, max_length=160)
    items = blocks.ListBlock(FigureWithSourceBlock(), label=_("các con số"), min_num=1, max_num=8)

    class Meta:
        label = _("các con số")
        icon = "order-up"
        template = "core/blocks/figures.html"
        preview_value = staticmethod(block_previews.figures)
        description = _("Con số lớn kèm đơn vị, nguồn và ngày.")


class VideoBlock(blocks.StructBlock):
    """A film of our own, never embedded from another host, with its words."""

    media = VideoChooserBlock(label=_("video"))
    title = blocks.CharBlock(label=_("tên video"), max_length=160)
    caption = blocks.CharBlock(label=_("chú thích"), required=False, max_length=250)
    transcript = rich_text(_("lời thoại"), help_text=_("Cho người không nghe được hoặc mạng yếu."))

    class Meta:
        label = _("video")
        icon = "media"
        template = "core/blocks/video.html"
        preview_value = staticmethod(block_previews.video)
        description = _("Video tải lên cổng, kèm lời thoại.")


class AudioBlock(blocks.StructBlock):
    """A recording with its words."""

    media = AudioChooserBlock(label=_("âm thanh"))
    title = blocks.CharBlock(label=_("tên bài"), max_length=160)
    transcript = rich_text(_("lời đọc"), help_text=_("Cho người không nghe được hoặc mạng yếu."))

    class Meta:
        label = _("âm thanh")
        icon = "media"
        template = "core/blocks/audio.html"
        preview_value = staticmethod(block_previews.audio)
        description = _("Bài đọc, bản thu, kèm lời.")


class DownloadBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("tệp"))
    title = blocks.CharBlock(label=_("tên hiển thị"), max_length=160)
    description = blocks.CharBlock(label=_("trong tệp có gì"), required=False, max_length=250)

    class Meta:
        label = _("tải tài liệu")
        icon = "download"
        template = "core/blocks/document.html"
        preview_value = staticmethod(block_previews.document)
        description = _("Nút tải một tệp, ghi rõ loại và dung lượng.")


class RelatedBlock(blocks.StructBlock):
    """Pages that an editor picked; the page also finds related ones by itself."""

    title = blocks.CharBlock(label=_("tiêu đề"), required=False, max_length=120)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("các trang"), min_num=1, max_num=6)

    class Meta:
        label = _("đọc thêm")
        icon = "link"
        template = "core/blocks/related.html"
        preview_value = staticmethod(block_previews.related)
        description = _("Các trang nên đọc tiếp.")


class BodyBlock(blocks.StreamBlock):
    """The running body of a page. `topics` adds the contact card."""

    heading = HeadingBlock()
    text = rich_text(
        _("đoạn văn"),
        icon="pilcrow",
        template="core/blocks/text.html",
        preview_value="<p>Bà con cắt bỏ cành bệnh trước khi phun.</p>",
        description=_("Đoạn văn có chữ đậm, chữ nghiêng, liên kết, danh sách."),
    )
    figure = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    steps = StepsBlock()
    callout = CalloutBlock()
    safety = SafetyBlock()
    figures = FiguresBlock()
    video = VideoBlock()
    audio = AudioBlock()
    document = DownloadBlock()
    related = RelatedBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}


class SourceBlock(blocks.StructBlock):
    """Where a statement comes from: who issued it, what it is called, when."""

    issuer = blocks.CharBlock(label=_("cơ quan, tác giả"), max_length=200)
    title = blocks.CharBlock(label=_("tên tài liệu"), max_length=300)
    year = blocks.CharBlock(label=_("năm"), required=False, max_length=20)
    url = blocks.URLBlock(label=_("địa chỉ"), required=False)
    note = blocks.CharBlock(label=_("dùng cho điều gì"), required=False, max_length=250)

    class Meta:
        label = _("nguồn")
        icon = "doc-full"
        template = "core/blocks/source.html"
        preview_value = {"issuer": "Cơ quan khuyến nông", "title": "Quy trình kỹ thuật", "year": "2024"}
