"""The sample organisation, made from a seed, and the demo that shows it in a terminal."""
