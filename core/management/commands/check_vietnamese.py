"""manage.py check_vietnamese: every sentence of the packages is said in good Vietnamese. Exit 1 when one is not."""

from __future__ import annotations

from collections import Counter

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.glossary import GlossaryError, read_glossary
from core.package_catalogues import Translation, package_translations
from core.translation_checks import faults


class Command(BaseCommand):
    help = "Soát tiếng Việt của phần quản trị: câu nào của các gói chưa dịch, dịch hỏng hoặc trái bảng từ vựng."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", type=int, default=40, help="số câu hỏng được in ra (mặc định 40)")
        parser.add_argument("--counts", action="store_true", help="in số câu của từng gói")

    def handle(self, *, show: int, counts: bool, **options: object) -> None:
        try:
            glossary = read_glossary()
        except (GlossaryError, OSError) as error:
            raise CommandError(f"Không đọc được bảng từ vựng: {error}", returncode=1) from error
        translations = package_translations()
        wrong = [(translation, found) for translation in translations if (found := list(faults(translation, glossary)))]
        for translation, found in wrong[:show]:
            self.stderr.write(describe(translation, found))
        if counts:
            self.print_counts(translations, wrong)
        if wrong:
            hidden = f" ({show} câu đầu in ở trên; xem nữa: --show {len(wrong)})" if len(wrong) > show else ""
            raise CommandError(f"{len(wrong)} trên {len(translations)} câu của các gói chưa đạt{hidden}.", returncode=1)
        self.stdout.write(f"{len(translations)} câu của các gói đều có tiếng Việt.")

    def print_counts(self, translations: list[Translation], wrong: list[tuple[Translation, list[str]]]) -> None:
        """One line per package: sentences, said by us, not good yet."""
        totals = Counter(package for one in translations for package in one.packages)
        ours = Counter(package for one in translations if one.is_ours for package in one.packages)
        bad = Counter(package for one, _ in wrong for package in one.packages)
        for package, total in sorted(totals.items()):
            self.stdout.write(f"{package}: {total} câu, {ours[package]} do cổng dịch, {bad[package]} chưa đạt")


def describe(translation: Translation, found: list[str]) -> str:
    """Three lines: where and what is wrong, the English, the Vietnamese."""
    sentence = translation.sentence
    context = f" [{sentence.context}]" if sentence.context else ""
    said = f"\n    {' / '.join(translation.said)}" if translation.said else ""
    return f"{translation.packages[0]}, {sentence.domain}: {'; '.join(found)}\n    {sentence.many or sentence.english}{context}{said}"
