"""Session logs that coding agents leave on a machine: one module a client, and how they are found, read and counted.

A line says what one model call used. It is read once, remembered under its call's identity, and never shown or sent:
only counts, names of models and instants leave this folder.
"""
