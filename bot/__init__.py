"""Handrail: the assistant of an occupational therapy clinic.

Subjects are plain Python; the packages that servers load (`nlu`, `channels`) are edges.
`docs/architecture.md` has the direction of imports, and a test keeps it.
"""
