"""Slack's Web API: who somebody is, who reads a place, how a message gets there once."""
