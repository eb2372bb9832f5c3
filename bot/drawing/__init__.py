"""Pictures in bytes, drawn with Pillow; nothing else knows it."""
