import ChatSession
import Terminal

extension Repl {
    /// Goes over to a provider, and asks it for its models while the user types, which also warms the connection.
    func use(_ decision: ProviderChoice.Decision) async {
        if connection?.provider != decision.provider {
            if let old = connection { Task { await old.close() } }
            let connection = makeConnection(decision.provider) { [post] in post.yield(.notice($0)) }
            self.connection = connection
            knowledge.setModels([], isLearning: true)
            isLearningModels = true
            askForModels(of: connection, show: nil)
        }
        await change { session in
            session.provider = decision.provider.name
            session.model = decision.model
        }
    }

    /// Asks the provider for its models and prints those with a text in their names once they are known.
    func askForModels(show filter: String) throws {
        guard let connection else { throw ProviderChoice.Problem.noProvider }
        askForModels(of: connection, show: filter)
    }

    private func askForModels(of connection: ProviderConnection, show filter: String?) {
        let source = ObjectIdentifier(connection)
        Task { [post] in
            let result: Result<[String], any Error>
            do { result = .success(try await connection.modelNames()) } catch { result = .failure(error) }
            post.yield(.models(result, from: source, show: filter))
        }
    }

    func learnModels(
        _ result: Result<[String], any Error>, from source: ObjectIdentifier, show filter: String?
    ) async {
        guard let connection, ObjectIdentifier(connection) == source else { return }
        isLearningModels = false
        switch result {
        case .success(let names):
            knowledge.setModels(names)
            if conversation.session.model == nil, names.count == 1 { await change { $0.model = names[0] } }
            if let filter { await print(Sentences.models(names, with: filter, current: conversation.session.model)) }
        case .failure(let error):
            knowledge.setModels([])
            // Unasked, no complaint: many servers have no list, and one that is down says so when it is asked something.
            if filter != nil { await complain(error) }
        }
    }

    func tellOfLostServer() async {
        guard let lostServer else { return }
        self.lostServer = nil
        await complain(lostServer)
        await say("The next message starts it again.")
    }

    /// Says that a model must be chosen first.
    /// - Parameter text: What was to be said, to be put back at the prompt.
    func askForModel(unsent text: String?) async {
        let names = knowledge.models
        let list = names.isEmpty ? "/models lists what the provider has." : names.prefix(8).joined(separator: ", ")
        await say("Which model? /model NAME chooses one. \(list)")
        if let text { await giveBack(unsent: text) }
    }
}
