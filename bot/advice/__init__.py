"""Where cognition could be offloaded, and how far AI is trusted with it: arithmetic over what one survey reads."""
