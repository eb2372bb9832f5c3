"""Session logs of coding agents: each client's formats, and what holds for all of them."""
