"""Compose projects: read from untrusted files, merged, understood, and edited in place (Compose
specification, compose-spec.io).
"""
