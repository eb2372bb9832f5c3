"""The web and the worker process: what each is made of, and how it runs."""
