"""LiteLLM: the calls that went through a gateway, over its API or from its tables."""
