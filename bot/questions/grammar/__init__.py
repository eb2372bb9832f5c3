"""The grammar of the rules engine: words, names, tags and the rules that turn a tagged sentence into a query."""
