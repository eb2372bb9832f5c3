"""What makes a reading honest: what was said is used by the query, or stops the answer."""
