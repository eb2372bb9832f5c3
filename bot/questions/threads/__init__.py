"""What a conversation is about: its context, where that is kept, and replies to what was asked back."""
