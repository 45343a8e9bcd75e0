import ChatApi
import Foundation
import Testing

@Suite("Types of the wire inside types of somebody's own")
struct CodableTests {
    private struct Note: Codable, Equatable {
        var request: CreateChatCompletionRequest
        var reason: FinishReason?
        var anything: JSONValue
    }

    @Test("are written and read with all their fields")
    func roundTrip() throws {
        var request = CreateChatCompletionRequest(model: "m", messages: [.user([.text("a"), .imageURL("data:,")])])
        request.temperature = 0.5
        request.seed = .max
        request.fields["top_k"] = 40
        request.fields["stop"] = .null
        request.tools = [.function(name: "f", parameters: ["type": "object", "properties": [:]])]
        let note = Note(request: request, reason: "eos", anything: [nil, true, 1, -2.5, "ü", [], [:]])
        let data = try JSONEncoder().encode(note)
        #expect(try JSONDecoder().decode(Note.self, from: data) == note)
        let text = try #require(try JSONValue(parsing: Array(data))["request"])
        #expect(text == request.json)
    }

    @Test("are printed as their JSON, as is a field of any type")
    func printed() {
        let message = ChatCompletionRequestMessage.user("a\u{1B}\n")
        let text = #"{"role":"user","content":"a\u001b\n"}"#
        #expect("\(message)" == text && "\(message.fields)" == text && "\(message.json)" == text)
        let function = FunctionObject(name: "f", description: "d")
        #expect("\(function)" == #"{"name":"f","description":"d"}"# && function.description == "d")
    }

    @Test("what is no object, and what no Double holds, is an error")
    func errors() throws {
        for text in ["[]", "7", "null", #""x""#] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(CompletionUsage.self, from: Data(text.utf8))
            }
        }
        let huge = try JSONValue(parsing: Array("[1e999]".utf8))
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(huge) }
    }
}
