"""Statistics as pure functions, values in and values out; small enough that no array package has to start with them."""
