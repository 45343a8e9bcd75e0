import ChatApi
import TestSupport

extension Home {
    /// Writes a session, as if it had been saved, and returns its id.
    @discardableResult
    func save(session number: Int, title: String, model: String = "test-model", _ conversation: [String] = []) throws
        -> String
    {
        let digits = String(number, radix: 16)
        let id = "20260101-120000-" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        let session: JSONValue = [
            "format": 1, "id": .string(id), "title": .string(title), "created": "2026-01-01T12:00:00Z",
            "updated": "2026-01-01T12:00:00Z", "provider": "openai", "model": .string(model),
            "messages": .array(
                conversation.enumerated().map { index, text in
                    ["role": index % 2 == 0 ? "user" : "assistant", "content": .string(text)]
                }),
        ]
        try directory.write(String(decoding: session.serialized(), as: UTF8.self), to: "banter/sessions/\(id).json")
        return id
    }
}

/// All payloads one after the other, each with its number behind it on a line of its own.
enum HostileText {
    static let all = text(of: HostilePayload.all)

    static func text(of payloads: [HostilePayload]) -> String {
        payloads.enumerated().map { "\($0.element.text)\n\nend \($0.offset).\n\n" }.joined()
    }
}

/// A text as a JSON string.
func quoted(_ text: String) -> String { String(decoding: JSONValue.string(text).serialized(), as: UTF8.self) }
