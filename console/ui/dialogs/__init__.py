"""Dialogs: each shows a plan before anything changes, runs it, and offers to undo it."""
