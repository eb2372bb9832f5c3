"""Tests of the telemetry receiver's parts."""
