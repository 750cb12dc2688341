"""The window. Qt only: knows the facade and the domain, never docker or PowerShell."""
