"""Speed and memory, measured against something in the same run: ``python3 dev.py bench``."""
