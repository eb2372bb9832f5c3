"""How vendors are asked: bounded in time, size and tries, and never with a key to another host."""
