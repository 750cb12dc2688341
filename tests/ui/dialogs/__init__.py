"""Tests of the dialogs, as a person meets them."""
