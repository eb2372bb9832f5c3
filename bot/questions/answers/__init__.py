"""From an understood question to its answer: figures, words, reasons and replies."""
