"""A WinRM service for tests: WSMan over HTTP or HTTPS on loopback, psrpcore's server side behind it.

A Python callable plays PowerShell. Authentication and encryption are the real protocols: NTLM inside
SPNEGO by pyspnego's acceptor, with messages sealed over plain HTTP, or a client certificate over TLS.
"""
