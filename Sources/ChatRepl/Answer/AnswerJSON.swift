import ChatApi
import ChatSession
import Terminal

/// The objects of `--json`.
enum AnswerJSON {
    /// An answer: `session`, `model`, `content`, `reasoning`, `toolCalls`, `refusal`, `finishReason`, `usage`, `choices`, and `error`
    /// if it failed.
    static func object(of outcome: TurnOutcome, in session: Session) -> JSONObject {
        let message = outcome.response.choices.first?.message
        var object: JSONObject = [:]
        object["session"] = .string(session.id.text)
        object["model"] = text(outcome.record.model ?? session.model)
        // Reasoning in tags is told apart here; `choices` has what came.
        let parts = message.map { AnswerParts($0) }
        object["content"] = message?.content == nil ? .null : text(parts?.content)
        object["reasoning"] = parts?.reasoning.isEmpty == false ? text(parts?.reasoning) : .null
        object["toolCalls"] = .array((message?.toolCalls ?? []).map { .object($0.fields) })
        object["refusal"] = text(message?.refusal)
        object["finishReason"] = text(outcome.record.finishReason)
        object["usage"] = outcome.record.usage.map { .object($0.fields) } ?? .null
        object["choices"] = .array(outcome.response.choices.map { .object($0.fields) })
        if case .failed(let failure) = outcome.ending { object["error"] = error(failure) }
        return object
    }

    /// An error: `code`, `message`, `hint`, and of a server's answer `status` and `requestID`.
    static func error(_ error: any Error) -> JSONValue {
        let complaint = Sentences.complaint(about: error)
        var object: JSONObject = ["code": .string(complaint.code), "message": .string(complaint.what)]
        object["hint"] = complaint.next.map(JSONValue.string)
        if let error = error as? ApiError {
            object["status"] = error.statusCode.map { .number(JSONNumber($0)) }
            object["requestID"] = error.requestID.map(JSONValue.string)
        }
        return .object(object)
    }

    private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}

extension JSONObject {
    /// One line of JSON text, in which no character is hidden or acts on a terminal: such ones are escaped.
    var line: String {
        Sanitizer.escapeHidden(inJSON: String(decoding: JSONValue.object(self).serialized(), as: UTF8.self)) + "\n"
    }
}
