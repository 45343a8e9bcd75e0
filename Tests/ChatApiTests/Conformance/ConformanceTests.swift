import ChatApi
import Testing

/// The types of the library against the specification itself.
///
/// A new version of it is dropped into `Fixtures/spec`; what these tests then name is what there is to do.
@Suite("Conformance to the specification")
struct ConformanceTests {
    private let chatCompletions: ConformanceSpecification
    private let models: ConformanceSpecification

    init() throws {
        chatCompletions = try ConformanceSpecification(named: "chat-completions")
        models = try ConformanceSpecification(named: "models")
    }

    @Test("every property and every value of an enumeration has its name in Swift")
    func coverage() {
        #expect(ConformanceTable.chatCompletions.differences(from: chatCompletions) == [])
        #expect(ConformanceTable.models.differences(from: models) == [])
        // The walk has been everywhere: there were so many in August 2026.
        #expect(ConformanceWalk(chatCompletions).properties.count >= 258)
        #expect(ConformanceWalk(chatCompletions).enumerations.count >= 55)
    }

    @Test("every property is set, sent, read and removed under its name on the wire")
    func properties() {
        #expect(ConformanceTable.chatCompletions.faults == [])
        #expect(ConformanceTable.models.faults == [])
    }

    @Test("every constraint is told when it is broken by one, and not at the limit")
    func constraints() {
        let constraints = ConformanceConstraints(chatCompletions)
        #expect(constraints.problems == [])
        let counts = [
            "minimum": 7, "maximum": 7, "minItems": 9, "maxItems": 2, "maxLength": 1, "required": 98, "type": 193,
        ]
        for (keyword, count) in counts { #expect(constraints.checked[keyword, default: 0] >= count) }
    }

    @Test("a new property in the specification is named")
    func newProperty() {
        let table = ConformanceTable.chatCompletions
        let property: JSONValue = ["type": "string"]
        #expect(
            table.differences(
                from: chatCompletions.setting(
                    .key("ModelResponseProperties"), .key("properties"), .key("mood"), to: property))
                == ["CreateChatCompletionRequest.mood has no property in Swift"])
        #expect(
            table.differences(
                from: chatCompletions.setting(
                    .key("CustomToolChatCompletions"), .key("properties"), .key("custom"), .key("properties"),
                    .key("colour"), to: property))
                == ["CustomToolChatCompletions.custom.colour has no property in Swift"])
        #expect(
            ConformanceTable.models.differences(
                from: models.setting(.key("Model"), .key("properties"), .key("mood"), to: property))
                == ["Model.mood has no property in Swift"])
    }

    @Test("a property that the specification no longer has is named, and one of another type")
    func otherProperty() {
        let table = ConformanceTable.chatCompletions
        #expect(
            table.differences(
                from: chatCompletions.setting(.key("WebSearchLocation"), .key("properties"), to: ["city": [:]]))
                == ["country", "region", "timezone"].map { "WebSearchLocation.\($0) isn't in the specification" })
        #expect(
            ConformanceTable.models.differences(
                from: models.setting(
                    .key("Model"), .key("properties"), .key("shutdown_date"), to: ["type": "integer"]))
                == [
                    "Model.shutdown_date has no sample for {\"type\":\"integer\"}",
                    "Model.shutdown_date isn't what the specification says",
                ])
    }

    @Test("a new alternative of a union is named")
    func newAlternative() {
        #expect(
            ConformanceTable.chatCompletions.differences(
                from: chatCompletions.setting(
                    .key("ChatCompletionRequestToolMessageContentPart"), .key("oneOf"),
                    to: [
                        ["$ref": "#/components/schemas/ChatCompletionRequestMessageContentPartText"],
                        ["type": "integer"],
                    ])
            ).map { $0.prefix { $0 != "{" } } == ["ChatCompletionRequestToolMessage.content has no sample for "])
    }

    @Test("a new value of an enumeration is named, and one that is gone")
    func newValue() {
        #expect(
            ConformanceTable.chatCompletions.differences(
                from: chatCompletions.setting(.key("WebSearchContextSize"), .key("enum"), to: ["low", "high", "huge"]))
                == [
                    "WebSearchContextSize has no value medium in the specification",
                    "WebSearchContextSize has the value huge, which has no name in Swift",
                ])
    }

    @Test("a new constraint is named, and a keyword that the checker doesn't know")
    func newConstraint() {
        let user: [JSONPathComponent] = [.key("ModelResponseProperties"), .key("properties"), .key("user")]
        let limited = chatCompletions.setting(user[0], user[1], user[2], .key("maxLength"), to: 10)
        #expect(
            ConformanceConstraints(limited).problems
                == ["CreateChatCompletionRequest.user, maxLength 10: no violation at user"])
        let required = chatCompletions.setting(.key("WebSearchLocation"), .key("required"), to: ["city"])
        #expect(
            ConformanceConstraints(required).problems
                == [
                    "WebSearchLocation, required city: no violation at web_search_options.user_location.approximate.city"
                ])
        let typed = chatCompletions.setting(user[0], user[1], user[2], .key("type"), to: "integer")
        #expect(!ConformanceConstraints(typed).problems.isEmpty)
        let unknown = chatCompletions.setting(user[0], user[1], user[2], .key("pattern"), to: "^a")
        #expect(
            ConformanceTable.chatCompletions.differences(from: unknown)
                == ["CreateChatCompletionRequest.user has `pattern`, which the checker doesn't know"])
    }
}
