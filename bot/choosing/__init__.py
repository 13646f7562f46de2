"""Which therapy fits: a short guided talk over a decision table."""
