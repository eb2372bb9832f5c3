"""What the app itself remembers: digests, messages on their way, advice, threads, claims, the audit log."""
