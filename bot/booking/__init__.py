"""Booking an evaluation: open times, the desk that gives them away, and the talk about it."""
