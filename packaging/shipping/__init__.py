"""How the console is packed, installed, signed and proved. Run by ``dev.py package``."""
