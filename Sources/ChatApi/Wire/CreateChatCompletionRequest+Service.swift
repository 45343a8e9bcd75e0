/// How the provider treats the request: what it keeps, checks and charges.
extension CreateChatCompletionRequest {
    /// What is kept with a stored completion and can be searched for: up to 16 pairs, keys of up to 64 characters, values of up to 512.
    public var metadata: [String: String]? {
        get { self["metadata"] }
        set { self["metadata"] = newValue }
    }
    /// How input and output are moderated along with the request; results come in `moderation` of the answer.
    public var moderation: ModerationOptions? {
        get { self["moderation"] }
        set { self["moderation"] = newValue }
    }
    /// Groups similar requests for the prompt cache; with `safetyIdentifier` it replaces `user`.
    public var promptCacheKey: String? {
        get { self["prompt_cache_key"] }
        set { self["prompt_cache_key"] = newValue }
    }
    /// How prompts are cached.
    public var promptCacheOptions: PromptCacheOptions? {
        get { self["prompt_cache_options"] }
        set { self["prompt_cache_options"] = newValue }
    }
    /// How long cached prefixes live; deprecated, as `promptCacheOptions` replaces it.
    public var promptCacheRetention: PromptCacheRetention? {
        get { self["prompt_cache_retention"] }
        set { self["prompt_cache_retention"] = newValue }
    }
    /// A stable id of the end user, at most 64 characters, by which abuse is found; a hash rather than a name.
    public var safetyIdentifier: String? {
        get { self["safety_identifier"] }
        set { self["safety_identifier"] = newValue }
    }
    /// How the request is processed and billed; the answer tells which tier it was.
    public var serviceTier: ServiceTier? {
        get { self["service_tier"] }
        set { self["service_tier"] = newValue }
    }
    /// Whether to store the completion at the provider; false unless set.
    public var store: Bool? {
        get { self["store"] }
        set { self["store"] = newValue }
    }
    /// A stable id of the end user; deprecated, as `safetyIdentifier` and `promptCacheKey` replace it.
    public var user: String? {
        get { self["user"] }
        set { self["user"] = newValue }
    }
}
