"""How the trained reader is made: `make reader`. Nothing here is imported at run time."""
