"""Specs and plans as docker, PowerShell and Compose text, and back."""
