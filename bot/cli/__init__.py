"""The command line: what each command does, and how a terminal shows it. Only here is the demo imported."""
