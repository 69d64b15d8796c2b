"""manage.py make_share_cards: throw all kept share cards away and make those of every public page again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override
from wagtail.models import Page

from core import share_cards
from core.models import BasePage


class Command(BaseCommand):
    help = "Làm lại mọi thẻ chia sẻ (ảnh có tên trang khi gửi liên kết)."

    def handle(self, **options: Any) -> None:
        share_cards.forget_all()
        made = 0
        for page in Page.objects.live().public().select_related("locale").specific().iterator(chunk_size=100):
            if isinstance(page, BasePage) and not getattr(page, "is_withdrawn", False):
                with override(page.locale.language_code):
                    page.share_card().png()
                made += 1
        self.stdout.write(f"Thẻ chia sẻ: {made}.")
