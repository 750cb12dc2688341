"""Service discovery: who answers to which names, from whom, and why elsewhere nobody does. Pure."""
