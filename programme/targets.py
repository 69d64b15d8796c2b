"""Tying the programme's targets to their clauses once the programme is there."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from core.content.loading import mark_of
from core.models import LoadedContent
from topics.item_loading import PROGRAMME

from .models import Clause, Target


def tie_targets() -> None:
    """Give every target without a clause the one that its address names. A target that nobody edited stays one that the loader renews."""
    clauses = {clause.address: clause for clause in Clause.objects.filter(document__slug=PROGRAMME)}
    content_type = ContentType.objects.get_for_model(Target)
    for target in Target.objects.filter(clause=None).exclude(clause_address=""):
        clause = clauses.get(target.clause_address)
        if clause is None:
            continue
        loaded = LoadedContent.objects.filter(content_type=content_type, object_id=str(target.pk), row_hash=mark_of(target)).first()
        Target.objects.filter(pk=target.pk).update(clause=clause)
        if loaded:
            loaded.row_hash = mark_of(target)
            loaded.save()
