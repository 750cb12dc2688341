"""Pasted error and log text explained: causes in order, or an honest "unknown"."""

from console.checks.explain.ranking import Match, Report, explain_for, explain_paste

__all__ = ["Match", "Report", "explain_for", "explain_paste"]
