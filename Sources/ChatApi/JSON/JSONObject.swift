/// The fields of a JSON object, in the order in which they were written.
///
/// Order means nothing to JSON, and so nothing to `==`; it is kept for the people who read the files. Where a key stands twice,
/// the first one counts.
public struct JSONObject: Sendable {
    /// The names of the fields, in order.
    public private(set) var keys: [String] = []
    private var values: [JSONValue] = []
    /// Where each key stands; built only once an object is too large to search through.
    private var positions: [String: Int]?

    private static let largestSearched = 16
    private static let usualCount = 8

    /// An object without fields.
    public init() {}

    /// An object with these fields; the first of two with the same key counts.
    public init(_ fields: some Sequence<(String, JSONValue)>) {
        for (key, value) in fields { appendIfNew(key, value) }
    }

    /// How many fields there are.
    public var count: Int { keys.count }

    /// Whether there are no fields.
    public var isEmpty: Bool { keys.isEmpty }

    /// The value of a field.
    ///
    /// Setting a new key appends it; setting nil removes the field. An explicit null is `.null`.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { values[$0] } }
        set {
            switch (position(of: key), newValue) {
            case (let index?, let value?): values[index] = value
            case (let index?, nil): remove(at: index)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// These fields and those of another object, which count where both have a key.
    public func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for (key, value) in other { merged[key] = value }
        return merged
    }

    /// Whether this is an unchanged copy, which takes no time to tell.
    ///
    /// Strings that are equal may be written in different bytes; those of unchanged copies aren't.
    package func isUnchangedCopy(of other: JSONObject) -> Bool {
        func share<Element>(_ left: [Element], _ right: [Element]) -> Bool {
            left.count == right.count
                && left.withUnsafeBufferPointer { left in
                    right.withUnsafeBufferPointer { left.isEmpty || left.baseAddress == $0.baseAddress }
                }
        }
        return share(keys, other.keys) && share(values, other.values)
    }

    /// The same fields with other values.
    func mapValues(_ transform: (JSONValue) -> JSONValue) -> JSONObject {
        var mapped = self
        mapped.values = values.map(transform)
        return mapped
    }

    private func position(of key: String) -> Int? {
        if let positions { return positions[key] }
        return keys.firstIndex(of: key)
    }

    /// Appends a field, unless there is one of that name.
    mutating func appendIfNew(_ key: String, _ value: JSONValue) {
        if keys.isEmpty {
            // Most objects have a few fields; to grow step by step would cost more than to read them.
            keys.reserveCapacity(Self.usualCount)
            values.reserveCapacity(Self.usualCount)
        }
        if position(of: key) == nil { append(key, value) }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        keys.append(key)
        values.append(value)
        if positions != nil {
            positions?[key] = keys.count - 1
        } else if keys.count > Self.largestSearched {
            reindex()
        }
    }

    private mutating func remove(at index: Int) {
        keys.remove(at: index)
        values.remove(at: index)
        if positions != nil { reindex() }
    }

    private mutating func reindex() {
        positions = Dictionary(zip(keys, keys.indices), uniquingKeysWith: { first, _ in first })
    }
}

extension JSONObject: Sequence {
    /// The fields in order.
    public func makeIterator() -> Zip2Sequence<[String], [JSONValue]>.Iterator {
        zip(keys, values).makeIterator()
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same fields, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        // Unchanged copies share their arrays, which makes them equal at once.
        if left.keys == right.keys { return left.values == right.values }
        return left.count == right.count && left.allSatisfy { key, value in right[key] == value }
    }

    /// Hashes the fields, whatever their order.
    public func hash(into hasher: inout Hasher) {
        // Order must not matter, so the hashes of the fields are summed.
        var sum = 0
        for (key, value) in self {
            var field = Hasher()
            field.combine(key)
            field.combine(value)
            sum &+= field.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: CustomStringConvertible {
    /// The object as JSON text on one line.
    public var description: String { json.description }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object, fields in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
