"""What people are promised about their figures, and how somebody is erased."""
