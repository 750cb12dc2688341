"""Whole jobs through the real window, photographed; `dev.py demo` without a display runs them."""
