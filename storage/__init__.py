"""Data: schema, metric catalogue, queries and writes. All that knows SQL, nothing that knows Slack, HTTP or models."""
