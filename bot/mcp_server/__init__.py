"""Offers questions, definitions, digest and offload to agents, by the Model Context Protocol."""
