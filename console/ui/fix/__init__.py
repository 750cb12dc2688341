"""The guided fix of one finding: choose a way out, review it, apply it, and hear whether it helped."""
