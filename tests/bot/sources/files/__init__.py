"""Tests of how import files are read."""
