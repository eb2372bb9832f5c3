"""Figures looked at in another way: at other prices, as a histogram, before and after an event, by first use."""
