"""OpenTelemetry: what clients send over OTLP/HTTP, received, translated and folded into facts, each apart.

receive    a request's token, size, form and encoding; what is accepted is in the store before the client hears so
translate  points, log records and spans to observations: which of them count, of whom, as what
fold       observations to facts: differences of what is cumulative, each use once, whatever comes twice or late
"""
