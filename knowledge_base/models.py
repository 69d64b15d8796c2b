"""The knowledge base: guides, questions and answers, terms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from core.addresses import FEED_SEGMENTS
from core.blocks import TEXT_FEATURES, SourceBlock, StepBlock, rich_text
from core.fields import MonthsField
from core.translations import language_entries
from core.vietnamese import fold, initial, normalise, slugify, sort_key
from topics.blocks import ItemBodyBlock
from topics.models import ItemPage, ItemSection


class Difficulty(models.TextChoices):
    """How hard the work is."""

    EASY = "easy", _("dễ, ai cũng làm được")
    MEDIUM = "medium", _("vừa, cần làm quen")
    HARD = "hard", _("khó, cần người hướng dẫn")


class StepsStream(StreamBlock):
    """ "Làm ngay": what to do, in order."""

    step = StepBlock()


class MaterialBlock(StructBlock):
    """One thing to prepare."""

    name = CharBlock(label=_("vật liệu, dụng cụ"), max_length=160)
    quantity = CharBlock(label=_("lượng"), required=False, max_length=80)
    cost = CharBlock(label=_("chi phí"), required=False, max_length=80)
    note = CharBlock(label=_("ghi chú"), required=False, max_length=200)

    class Meta:
        label = _("vật liệu")
        icon = "list-ul"
        preview_value = {"name": "Bã hồi khô", "quantity": "1 tấn", "cost": "có sẵn", "note": ""}


class MaterialsStream(StreamBlock):
    """What to prepare, with quantity and cost."""

    material = MaterialBlock()


class LinesStream(StreamBlock):
    """Short lines: do, don't."""

    line = CharBlock(label=_("một điều"), max_length=200)


class AnswerBlock(StructBlock):
    """A question that is asked often, with its answer."""

    question = CharBlock(label=_("hỏi"), max_length=200)
    answer = rich_text(_("đáp"))

    class Meta:
        label = _("hỏi – đáp")
        icon = "help"
        preview_value = {"question": "Trời mưa có làm được không?", "answer": "<p>Đợi lá ráo rồi hãy làm.</p>"}


class FaqStream(StreamBlock):
    """Asked often."""

    qa = AnswerBlock()


class EvidenceStream(StreamBlock):
    """Sources of every dose, temperature, duration and yield."""

    source = SourceBlock()


class GuidePage(ItemPage):
    """Cẩm nang kỹ thuật: how to do one thing. `summary` is the answer in one sentence."""

    months = MonthsField(_("làm vào tháng"), help_text=_("Chọn các tháng nên làm. Trang chủ nhắc việc theo tháng."))
    duration = models.CharField(_("thời gian"), max_length=200, blank=True, help_text=_("Ví dụ: một buổi sáng; 45–60 ngày."))
    cost_note = models.CharField(_("chi phí"), max_length=120, blank=True)
    difficulty = models.CharField(_("mức khó"), max_length=10, choices=Difficulty, blank=True)
    place_note = models.CharField(_("hợp với"), max_length=120, blank=True, help_text=_("Ví dụ: vùng dưới 700 m; chuồng nuôi trên nền đất."))
    steps = StreamField(StepsStream(), verbose_name=_("làm ngay: các bước"), blank=True)
    materials = StreamField(MaterialsStream(), verbose_name=_("vật liệu và chi phí"), blank=True)
    safety = RichTextField(_("an toàn"), blank=True, features=TEXT_FEATURES)
    dos = StreamField(LinesStream(), verbose_name=_("nên"), blank=True)
    donts = StreamField(LinesStream(), verbose_name=_("không nên"), blank=True)
    body = StreamField(ItemBodyBlock(), verbose_name=_("nói thêm"), blank=True)
    faq = StreamField(FaqStream(), verbose_name=_("bà con hay hỏi"), blank=True)
    evidence = StreamField(EvidenceStream(), verbose_name=_("căn cứ"), blank=True, help_text=_("Mỗi liều lượng, nhiệt độ, thời gian, năng suất cần một nguồn."))

    search_fields = [
        *ItemPage.search_fields,
        index.SearchField("steps"),
        index.SearchField("body"),
        index.SearchField("faq"),
        index.FilterField("months"),
        index.FilterField("difficulty"),
    ]
    content_panels = [
        *ItemPage.what_panels,
        MultiFieldPanel(
            [
                FieldPanel("months"),
                FieldRowPanel([FieldPanel("duration"), FieldPanel("cost_note")]),
                FieldRowPanel([FieldPanel("difficulty"), FieldPanel("place_note")]),
            ],
            heading=_("Bảng tóm tắt"),
        ),
        *ItemPage.picture_panels,
        FieldPanel("steps"),
        FieldPanel("safety"),
        FieldPanel("materials"),
        MultiFieldPanel([FieldPanel("dos"), FieldPanel("donts")], heading=_("Nên và không nên")),
        FieldPanel("body"),
        FieldPanel("faq"),
        FieldPanel("evidence"),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "knowledge_base/guide_page.html"

    class Meta:
        verbose_name = _("cẩm nang kỹ thuật")
        verbose_name_plural = _("cẩm nang kỹ thuật")

    def schema_type(self) -> str:
        return "HowTo"

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """HowTo with its steps, and FAQPage where questions are answered."""
        how_to = super().structured_data(request)[0]
        how_to["step"] = [{"@type": "HowToStep", "name": step.value["title"], "position": number} for number, step in enumerate(self.steps, start=1)]
        found = [how_to]
        if self.faq:
            questions = [
                {"@type": "Question", "name": qa.value["question"], "acceptedAnswer": {"@type": "Answer", "text": str(qa.value["answer"].source)}}
                for qa in self.faq
            ]
            found.append({"@type": "FAQPage", "mainEntity": questions})
        return found


class QuestionPage(ItemPage):
    """Hỏi – đáp: a question that the public asked and an expert answered."""

    question = models.TextField(_("câu hỏi"), max_length=1000)
    asked_by = models.CharField(
        _("người hỏi"), max_length=120, blank=True, help_text=_("Chỉ ghi như “một bà con ở xã Văn Quan”. Không ghi họ tên, số điện thoại.")
    )
    asked_on = models.DateField(_("ngày hỏi"), null=True, blank=True)
    body = StreamField(ItemBodyBlock(), verbose_name=_("trả lời"), blank=True)
    answered_by = models.ForeignKey("topics.Contact", verbose_name=_("người trả lời"), null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    answered_on = models.DateField(_("ngày trả lời"), null=True, blank=True)

    search_fields = [*ItemPage.search_fields, index.SearchField("question", boost=2), index.SearchField("body")]
    content_panels = [
        *ItemPage.what_panels,
        MultiFieldPanel([FieldPanel("question"), FieldRowPanel([FieldPanel("asked_by"), FieldPanel("asked_on")])], heading=_("Câu hỏi")),
        MultiFieldPanel([FieldPanel("body"), FieldRowPanel([FieldPanel("answered_by"), FieldPanel("answered_on")])], heading=_("Trả lời")),
        *ItemPage.audience_panels,
        *ItemPage.clause_panels,
        *ItemPage.source_panels,
        *ItemPage.care_panels,
    ]
    promote_panels = ItemPage.share_panels
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    template = "knowledge_base/question_page.html"

    class Meta:
        verbose_name = _("hỏi – đáp")
        verbose_name_plural = _("hỏi – đáp")

    def clean(self) -> None:
        super().clean()
        if self.asked_on and self.answered_on and self.answered_on < self.asked_on:
            raise ValidationError({"answered_on": _("Ngày trả lời không thể trước ngày hỏi.")})

    def folded_parts(self) -> list[str]:
        return [*super().folded_parts(), self.question]

    def schema_type(self) -> str:
        return "QAPage"

    def structured_data(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        data = super().structured_data(request)[0]
        answer = " ".join(str(block.value.source) for block in self.body if block.block_type == "text")
        data["mainEntity"] = {"@type": "Question", "name": self.question, "answerCount": 1, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        return [data]


class Term(TranslatableMixin, index.Indexed, ClusterableModel):
    """Thuật ngữ: a word, what it means, its other names. Feeds search synonyms."""

    slug = models.SlugField(_("đường dẫn"), max_length=80)
    name = models.CharField(_("thuật ngữ"), max_length=120)
    scientific_name = models.CharField(_("tên khoa học, tên gốc"), max_length=160, blank=True)
    definition = RichTextField(_("nghĩa"), features=TEXT_FEATURES)
    is_sample = models.BooleanField(_("nội dung minh họa"), default=False)
    sort_key = models.CharField(max_length=400, editable=False)
    folded = models.TextField(editable=False, blank=True)

    search_fields = [
        index.SearchField("name", boost=4),
        index.SearchField("scientific_name", boost=3),
        index.SearchField("definition"),
        index.AutocompleteField("name"),
        index.RelatedFields("other_names", [index.SearchField("name", boost=3)]),
        index.FilterField("locale"),
    ]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("scientific_name"),
        FieldPanel("definition"),
        InlinePanel("other_names", heading=_("Tên khác"), label=_("tên")),
        FieldPanel("is_sample"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("thuật ngữ")
        verbose_name_plural = _("thuật ngữ")
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="term_slug_once_per_language")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.name = normalise(self.name)
        if not self.slug:
            self.slug = slugify(self.name)
        if self.slug in FEED_SEGMENTS:
            raise ValidationError({"slug": _("“%(slug)s” là địa chỉ nguồn tin. Hãy chọn đường dẫn khác.") % {"slug": self.slug}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = slugify(self.name)
        self.sort_key = sort_key(self.name)
        others = [row.name for row in self.other_names.all()]  # type: ignore[attr-defined]
        self.folded = fold(" ; ".join([self.name, self.scientific_name, *others]))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """`/thuat-ngu/<slug>/`, with the prefix of the term's language."""
        language = self.locale.language_code
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        return f"{prefix}/thuat-ngu/{self.slug}/"


class TermName(Orderable):
    """Another name of a term, in the term's own language or as people say it."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(_("tên khác"), max_length=120)

    class Meta(Orderable.Meta):
        verbose_name = _("tên khác")
        verbose_name_plural = _("tên khác")

    def __str__(self) -> str:
        return self.name


class TermIndexPage(ItemSection):
    """`/thuat-ngu/`: terms in Vietnamese order, and a page for each."""

    content_panels = ItemSection.content_panels
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "knowledge_base/term_index_page.html"

    class Meta:
        verbose_name = _("trang thuật ngữ")
        verbose_name_plural = _("trang thuật ngữ")

    def terms(self) -> models.QuerySet[Term]:
        """Terms of this page's language, in order."""
        return Term.objects.filter(locale=self.locale_id).order_by("sort_key", "pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super(ItemSection, self).get_context(request, *args, **kwargs)
        letters: dict[str, list[Term]] = {}
        for term in self.terms():
            letters.setdefault(initial(term.name), []).append(term)
        context["letters"] = letters
        return context | self.feed_context(request)

    def _feed(self, request: HttpRequest, *, is_atom: bool) -> HttpResponse:
        from knowledge_base.feeds import TermFeed

        return TermFeed(self.title, self.get_url(request) or "/", self.summary, self.terms(), address=request.path, is_atom=is_atom)(request)

    @path("<slug:slug>/", name="term")
    def term(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One term; `rss` and `atom` stand before the words and are the glossary's feeds."""
        if slug in FEED_SEGMENTS:
            return self._feed(request, is_atom=slug == "atom")
        term = self.terms().prefetch_related("other_names").filter(slug=slug).select_related("locale").first()
        if term is None:
            raise Http404(gettext("Không có thuật ngữ này."))
        rows = term.get_translations(inclusive=True).select_related("locale")
        context = {
            "term": term,
            "crumbs": [*self.crumbs, {"title": self.title, "url": self.get_url(request)}],
            "translations": language_entries({row.locale.language_code: row.get_absolute_url() for row in rows}),
            "canonical_url": f"{settings.SITE_URL}{term.get_absolute_url()}",
            "meta_title": term.name,
            "meta_description": strip_tags(term.definition)[:200],
        }
        return self.render(request, context_overrides=context, template="knowledge_base/term.html")
