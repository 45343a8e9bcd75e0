/// Tells which tool call of a message a fragment belongs to.
///
/// The index is meant to say it, but it may start at 1, be missing, be a text, or be 0 for several calls at once, which then have different ids or
/// names (Gemini). The work is the same for each fragment, however many calls there are.
struct ToolCallRoster {
    private struct Key: Hashable {
        let index: Int?
        let id: String
    }

    private var ids: [String] = []
    private var names: [String] = []
    private var lastAtIndex: [Int: Int] = [:]
    private var lastWithID: [String: Int] = [:]
    private var positions: [Key: Int] = [:]

    /// How many calls there are.
    var count: Int { ids.count }

    /// The place in the list of the call that a fragment belongs to, begun if need be.
    mutating func position(of fragment: JSONObject) -> Int {
        let index = fragment["index"]?.lenientIntValue
        let id = fragment["id"]?.stringValue ?? ""
        let name = Self.body(of: fragment)?["name"]?.stringValue ?? ""
        let position = known(index: index, id: id, name: name) ?? begin(index: index)
        if !id.isEmpty {
            if ids[position].isEmpty { ids[position] = id }
            lastWithID[id] = position
            positions[Key(index: index, id: id)] = position
        }
        if !name.isEmpty { names[position] = name }
        return position
    }

    /// The object in a fragment that has the name and the arguments.
    static func body(of fragment: JSONObject) -> JSONValue? {
        [fragment["function"], fragment["custom"]].lazy.compactMap { $0 }.first { !$0.isNull }
    }

    private func known(index: Int?, id: String, name: String) -> Int? {
        let candidate =
            if let index {
                lastAtIndex[index]
            } else if !id.isEmpty {
                lastWithID[id]
            } else if !name.isEmpty {
                // Neither index nor id: a name begins a call.
                Int?.none
            } else {
                ids.indices.last
            }
        guard let candidate else { return nil }
        let (knownID, knownName) = (ids[candidate], names[candidate])
        if id.isEmpty, knownID.isEmpty {
            return name.isEmpty || knownName.isEmpty || name == knownName ? candidate : nil
        }
        if id.isEmpty || knownID.isEmpty || knownID == id { return candidate }
        // The same id may be further back.
        return positions[Key(index: index, id: id)]
    }

    private mutating func begin(index: Int?) -> Int {
        ids.append("")
        names.append("")
        if let index { lastAtIndex[index] = ids.count - 1 }
        return ids.count - 1
    }
}

extension JSONValue {
    /// The whole number that this is, or that a string spells, as some servers write an index.
    var lenientIntValue: Int? { intValue ?? stringValue.flatMap { Int($0) } }
}
