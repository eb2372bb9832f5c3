"""Installing into workspaces and leaving them: tokens, kept sealed."""
