"""Pure builders: values in, Slack Block Kit out. Nothing here talks to anybody."""
