"""`/leverage privacy`: what is stored about somebody, taken along, erased."""
