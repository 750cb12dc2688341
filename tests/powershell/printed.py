"""Windows' outputs as they were published, turned back into what the script hands to ConvertTo-Json."""

import json
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def sample(name):
    """A JSON sample without our own notes."""
    return _without_notes(json.loads((SAMPLES / name).read_text(encoding="utf-8")))


def listed(name):
    """The objects that ``Format-List`` printed: name -> value; nested ones as far as it prints them."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n\s*\n", re.sub(r"^###.*$", "", text, flags=re.MULTILINE))
    return [found for found in map(_object, blocks) if found]


def _without_notes(value):
    if isinstance(value, list):
        return [_without_notes(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_notes(item) for key, item in value.items() if not key.startswith("_")}
    return value


def _object(block):
    entries = []
    for line in block.splitlines():
        match = re.match(r"^(\w+)\s*: ?(.*)$", line)
        if match:
            entries.append([match[1], match[2].strip()])
        elif entries and line.strip():
            entries[-1][1] += " " + line.strip()
    return {name: _value(text) for name, text in entries}


def _value(text):
    if text.startswith("@{") and text.endswith("}"):
        return _members(text[2:-1])
    if text.startswith("{") and text.endswith("}"):
        return [_members(item) for item in re.findall(r"@\{([^{}]*)\}", text)]
    if text == "System.Object[]" or text.startswith("{@{"):  # not printed, or cut off
        return []
    if text in {"True", "False"}:
        return text == "True"
    return int(text) if text.isdigit() else text


def _members(text):
    pairs = (part.split("=", 1) for part in text.split(";") if "=" in part)
    return {name.strip(): _value(value.strip()) for name, value in pairs}
