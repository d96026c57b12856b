"""Judging: golden questions, and measurements beside others."""
