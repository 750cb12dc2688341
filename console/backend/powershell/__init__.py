"""The second channel to a host: named PowerShell scripts, run here or over WinRM."""
