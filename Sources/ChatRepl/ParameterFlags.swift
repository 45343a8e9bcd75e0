import ChatApi

/// Parameters of the request, as the command line gives them.
package struct ParameterFlags: Sendable {
    package var temperature: Double?
    package var topP: Double?
    package var maxTokens: Int?
    package var seed: Int?
    package var stop: [String] = []
    package var reasoningEffort: String?
    /// Any other, as `NAME=JSON`.
    package var other: [String] = []

    package init() {}

    /// The parameters by their names in the API.
    func object() throws(Complaint) -> JSONObject {
        var object: JSONObject = [:]
        object["temperature"] = try number(temperature, 0...2, "--temperature")
        object["top_p"] = try number(topP, 0...1, "--top-p")
        object["max_tokens"] = maxTokens.map { .number(JSONNumber($0)) }
        object["seed"] = seed.map { .number(JSONNumber($0)) }
        object["stop"] = stop.isEmpty ? nil : .array(stop.map(JSONValue.string))
        object["reasoning_effort"] = reasoningEffort.map(JSONValue.string)
        for option in other {
            guard let equals = option.firstIndex(of: "="), equals > option.startIndex else {
                throw wrong("-o takes NAME=JSON, not \(option).")
            }
            do {
                object[String(option[..<equals])] = try JSONValue(parsing: Array(option[equals...].dropFirst().utf8))
            } catch {
                throw wrong("-o \(option): \(error.reason). (Text is JSON in double quotes.)")
            }
        }
        return object
    }

    private func number(_ value: Double?, _ range: ClosedRange<Double>, _ name: String) throws(Complaint) -> JSONValue?
    {
        guard let value else { return nil }
        guard range.contains(value), let number = JSONNumber(value) else {
            throw wrong("\(name) must be from \(Int(range.lowerBound)) to \(Int(range.upperBound)).")
        }
        return .number(number)
    }

    private func wrong(_ what: String) -> Complaint { Complaint(what, status: .usage, code: "usage") }
}
