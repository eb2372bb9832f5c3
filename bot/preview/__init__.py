"""A local workspace that stands in for Slack: the demo's page in the browser, and the Slack of the tests.

It knows the app through Slack's wire formats alone, so that whatever answers those can be tried in it. Bound to the
loopback address, never for production.
"""
