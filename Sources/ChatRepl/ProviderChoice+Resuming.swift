import ChatSession

extension ProviderChoice {
    /// Decides who answers in a session that somebody will look at before anything is sent.
    ///
    /// If the session's provider is gone, the session can still be read, and whoever answers from now on is named.
    func decide(resuming session: Session) throws -> (decision: Decision, note: String?) {
        do {
            return (try decide(sessionProvider: session.provider, sessionModel: session.model), nil)
        } catch Problem.unknownProvider(let name, _) where name == session.provider {
            let decision = try decide()
            return (decision, Sentences.providerIsGone(name, instead: decision.provider.name))
        }
    }
}
