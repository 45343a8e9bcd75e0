extension JSONObject {
    /// Adds what a chunk says of a field without a rule of its own: lists grow, objects are merged, everything else but null replaces.
    mutating func merge(_ key: String, _ value: JSONValue) {
        guard !value.isNull else { return }
        var merged = self[key] ?? .null
        // Let go of the value here, so that it is changed in place: a copy for each chunk would make the work quadratic.
        self[key] = .null
        merged.merge(value)
        self[key] = merged
    }
}

extension JSONValue {
    fileprivate mutating func merge(_ new: JSONValue) {
        if case .array(let elements) = new, case .array(var list) = self {
            self = .null
            list += elements.map(\.replacingLoneSurrogates)
            self = .array(list)
        } else if case .object(let fields) = new, case .object(var object) = self {
            self = .null
            for (key, value) in fields { object.merge(key, value) }
            self = .object(object)
        } else {
            self = new.replacingLoneSurrogates
        }
    }
}
