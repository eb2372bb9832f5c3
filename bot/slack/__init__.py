"""Helpers that know the Slack Web API: who somebody is, who reads a place, how a message gets there."""
