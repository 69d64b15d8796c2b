"""A question set in SQuAD's format from the site's own content: what readers ask in guides and questions, and the paragraph that answers.

DATA_DIR=<a loaded site> .venv/bin/python bench/search_questions.py FILE
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main(target: Path) -> int:
    os.environ.setdefault("PORTAL_ENV", "dev")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.utils.html import strip_tags

    from knowledge_base.models import GuidePage, QuestionPage
    from programme.models import Clause
    from topics.models import ItemPage

    def plain(value: object) -> str:
        return " ".join(strip_tags(str(value).replace("</p>", "</p> ").replace("</li>", "</li> ")).split())

    paragraphs: list[dict[str, object]] = []
    for guide in GuidePage.objects.public().in_language("vi"):
        for block in guide.faq:
            paragraphs.append(
                {"context": plain(block.value["answer"].source), "qas": [{"id": str(len(paragraphs)), "question": block.value["question"], "answers": []}]}
            )
        paragraphs += [{"context": f"{block.value['title']} {plain(block.value['text'].source)}", "qas": []} for block in guide.steps]
    for question in QuestionPage.objects.public().in_language("vi"):
        text = " ".join([question.summary, *(plain(block.value.source) for block in question.body if block.block_type == "text")])
        paragraphs.append({"context": text, "qas": [{"id": str(len(paragraphs)), "question": question.question or question.title, "answers": []}]})
    for item in ItemPage.objects.public().in_language("vi").specific():
        body = getattr(item, "body", None) or []
        paragraphs += [
            {"context": plain(block.value.source), "qas": []} for block in body if block.block_type == "text" and len(plain(block.value.source)) > 80
        ]
    asked = yaml.safe_load((ROOT / "bench" / "data" / "questions.yaml").read_text(encoding="utf-8"))
    for clause in Clause.objects.filter(document__locale__language_code="vi").order_by("position"):
        questions = [{"id": f"{clause.address}-{place}", "question": text, "answers": []} for place, text in enumerate(asked.get(clause.address, []))]
        paragraphs.append({"context": clause.text, "qas": questions})
    data = {"version": "portal", "data": [{"title": "Cổng", "paragraphs": paragraphs}]}
    target.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    print(f"{len(paragraphs)} đoạn, {sum(len(paragraph['qas']) for paragraph in paragraphs)} câu hỏi")  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
