"""The app's Home and its side pane."""
