"""Well-known AI products: a question that names one that is not in use here means it."""

from __future__ import annotations

from bot.questions.grammar.wordlists import words

KNOWN_PRODUCTS = words(
    """
    chatgpt claude copilot cursor gemini windsurf codeium tabnine cody devin replit perplexity mistral llama
    deepseek grok midjourney jasper grammarly notion bedrock vertex azure openai anthropic google meta cohere
    groq ollama qwen codex cline aider zed jetbrains amazonq codewhisperer sourcegraph phind glean bard dalle
    whisper gpt o1 o3 o4 kimi lovable granola otter fireflies elevenlabs runway stability huggingface
    """
)
