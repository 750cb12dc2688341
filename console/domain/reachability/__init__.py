"""What reaches what, and by which rule: predicted from a snapshot. Pure.

Windows' rules are in :mod:`.windows` (and the modules it names), Linux engines' in :mod:`.linux`.
"""
