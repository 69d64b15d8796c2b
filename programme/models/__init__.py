"""Documents and their clauses, the programme's targets, support policies."""

from .clauses import Clause, ClauseLink
from .documents import DocumentKind, DocumentPage
from .policies import PolicyPage
from .targets import Target, TargetKind, TargetValue

__all__ = ["Clause", "ClauseLink", "DocumentKind", "DocumentPage", "PolicyPage", "Target", "TargetKind", "TargetValue"]
