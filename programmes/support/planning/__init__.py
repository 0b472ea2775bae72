"""Meetings that are planned: put into both calendars, moved, cancelled, and settled by a log."""
