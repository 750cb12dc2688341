"""Errors explained: what they mean, why they happen, what to do (reference, 2.2 to 2.4 and 4)."""

from console.checks.errors.explain import explain, explain_text

__all__ = ["explain", "explain_text"]
