package import ChatApi

/// The tokens of an answer as they are billed, whichever way the server tells them; finite, whatever it says.
package struct TokenCounts: Hashable, Sendable {
    /// Of what was sent, with those from the cache.
    package let input: Int
    /// Those of it that came from the provider's cache.
    package let cachedInput: Int
    /// Of the answer, reasoning included.
    package let output: Int

    package init(_ usage: CompletionUsage) {
        input = Self.bounded(usage.promptTokens ?? 0)
        cachedInput = min(usage.cached, input)
        let completion = Self.bounded(usage.completionTokens ?? 0)
        // xAI and others leave reasoning out of the completion's tokens, but not out of all.
        let isApart =
            usage.reasoning > 0 && Self.bounded(usage.totalTokens ?? 0) == input + completion + usage.reasoning
        output = completion + (isApart ? usage.reasoning : 0)
    }

    /// A count that can be reckoned with: no server has a million million tokens, nor fewer than none.
    package static func bounded(_ count: Int) -> Int { min(max(count, 0), 1_000_000_000_000) }
}

extension CompletionUsage {
    /// Tokens from the provider's cache; DeepSeek has a field of its own for them.
    package var cached: Int {
        TokenCounts.bounded(promptTokensDetails?.cachedTokens ?? self["prompt_cache_hit_tokens"] ?? 0)
    }

    /// Tokens of reasoning.
    package var reasoning: Int { TokenCounts.bounded(completionTokensDetails?.reasoningTokens ?? 0) }
}
