"""The trained half of reading: which of the marked names, periods and numbers is for what, and what is asked."""
