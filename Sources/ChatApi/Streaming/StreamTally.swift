/// How much a streamed answer has come to, so that the limits hold, and whether it is finished.
///
/// Counts what `MessageAccumulator` keeps, without keeping it: for a chunk of an ordinary answer that is a look at a few fields.
struct StreamTally {
    private let limits: ChatApiConfiguration.Limits
    private var textBytes = 0
    private var otherBytes = 0
    private var toolCalls = 0
    /// Whether each choice has its finish reason.
    private var finished: [Int: Bool] = [:]
    private var rosters: [Int: ToolCallRoster] = [:]
    /// What the fields around the choices weigh, each as large as it ever was.
    private var weights: [String: Int] = [:]

    init(limits: ChatApiConfiguration.Limits) { self.limits = limits }

    /// Whether every choice seen has a finish reason.
    var isFinished: Bool { !finished.isEmpty && finished.values.allSatisfy { $0 } }

    /// Counts a chunk.
    /// - Returns: Whether the answer is still within the limits.
    mutating func add(_ chunk: JSONObject) -> Bool {
        // Of these only the last value is kept.
        for (key, value) in chunk where key != "choices" {
            let (weight, known) = (key.utf8.count + value.weight, weights[key] ?? 0)
            guard weight > known else { continue }
            weights[key] = weight
            otherBytes += weight - known
        }
        for case .object(let choice) in chunk["choices"]?.arrayValue ?? [] {
            add(choice: choice)
            guard finished.count <= limits.choices, toolCalls <= limits.toolCalls else { return false }
        }
        return textBytes <= limits.textBytes && otherBytes <= limits.otherBytes
    }

    private mutating func add(choice: JSONObject) {
        let index = choice["index"]?.lenientIntValue ?? 0
        var isFinished = finished[index] ?? false
        for (key, value) in choice {
            switch key {
            case "index", "message": break
            case "finish_reason":
                guard let reason = value.stringValue, !reason.isEmpty else { break }
                isFinished = true
                otherBytes += reason.utf8.count
            case "delta": if let delta = value.objectValue { add(delta: delta, choice: index) }
            default: addOther(key, value)
            }
        }
        finished[index] = isFinished
    }

    private mutating func add(delta: JSONObject, choice: Int) {
        for (key, value) in delta {
            switch (key, value) {
            case ("role", _): otherBytes += value.stringValue?.utf8.count ?? 0
            case ("content", .string(let text)), ("reasoning_content", .string(let text)),
                ("reasoning", .string(let text)), ("refusal", .string(let text)):
                textBytes += text.utf8.count
            case ("content", .array): textBytes += value.weight
            case ("tool_calls", .array(let fragments)):
                for case .object(let fragment) in fragments { add(fragment: fragment, choice: choice) }
            case ("function_call", _): add(function: value)
            default: addOther(key, value)
            }
        }
    }

    private mutating func add(fragment: JSONObject, choice: Int) {
        var roster = rosters[choice].take() ?? ToolCallRoster()
        let count = roster.count
        _ = roster.position(of: fragment)
        toolCalls += roster.count - count
        rosters[choice] = roster
        for (key, value) in fragment {
            switch key {
            case "index": break
            case "function", "custom": add(function: value)
            default: addOther(key, value)
            }
        }
    }

    private mutating func add(function: JSONValue) {
        textBytes += AccumulatedToolCalls.arguments(in: function)?.utf8.count ?? 0
        if let name = function["name"] { addOther("name", name) }
    }

    private mutating func addOther(_ key: String, _ value: JSONValue) {
        // The accumulator leaves null out.
        if !value.isNull { otherBytes += key.utf8.count + value.weight }
    }
}

extension JSONValue {
    /// About how many bytes it takes to keep this: the text in it, and 16 for each value.
    fileprivate var weight: Int {
        switch self {
        case .null, .bool: 16
        case .number(let number): 16 + number.text.utf8.count
        case .string(let text): 16 + text.utf8.count
        case .array(let elements): elements.reduce(16) { $0 + $1.weight }
        case .object(let fields): fields.reduce(16) { $0 + $1.0.utf8.count + $1.1.weight }
        }
    }
}
