"""Where cognition could be offloaded, and how far AI is trusted with it: values and arithmetic, no SQL, no Slack."""
