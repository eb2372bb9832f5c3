"""The way out: a typed query is checked, compiled, run, guarded and shaped into rows."""
