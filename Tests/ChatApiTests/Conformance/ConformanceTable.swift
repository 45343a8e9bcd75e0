import ChatApi

/// Which Swift property stands for which property of the specification, with a value to try it on; and the same for enumerations.
struct ConformanceTable {
    /// The samples of every property as JSON, by the property's path.
    private(set) var samples: [String: [JSONValue]] = [:]
    /// The values that have a name in Swift, by the name of the enumeration.
    private(set) var values: [String: Set<String>] = [:]
    /// What has no Swift name, and why.
    private(set) var leftOut: [String: String] = [:]
    /// What a property didn't do that it should.
    private(set) var faults: [String] = []

    /// The properties of one object of the specification.
    mutating func object<Root: WireObject>(
        _ path: String, _ type: Root.Type, _ rows: (inout ConformanceRows<Root>) -> Void
    ) {
        var properties = ConformanceRows<Root>(path: path)
        rows(&properties)
        samples.merge(properties.samples) { $0 + $1 }
        faults += properties.faults
    }

    /// An enumeration of the specification, with the static members that stand for its values.
    mutating func enumeration<Value: OpenEnumeration>(_ path: String, _ values: Value...) {
        self.values[path, default: []].formUnion(values.map(\.rawValue))
    }

    mutating func leaveOut(_ path: String, because reason: String) { leftOut[path] = reason }

    /// How the table and a specification differ.
    func differences(from specification: ConformanceSpecification) -> [String] {
        let walk = ConformanceWalk(specification)
        var differences = walk.unknownKeywords.map { "\($0), which the checker doesn't know" }
        for (path, schemas) in walk.properties where leftOut[path] == nil {
            guard let samples = samples[path] else {
                differences.append("\(path) has no property in Swift")
                continue
            }
            for sample in samples where !schemas.contains(where: { specification.accepts(sample, as: $0) }) {
                differences.append("\(path) isn't what the specification says")
            }
            for alternative in schemas.flatMap({ self.alternatives(of: $0, in: specification) }) {
                guard alternative["type"] != "null",
                    !samples.contains(where: { specification.accepts($0, as: alternative) })
                else { continue }
                differences.append(
                    "\(path) has no sample for \(String(decoding: alternative.serialized(), as: UTF8.self))")
            }
        }
        for (path, values) in walk.enumerations where leftOut[path] == nil {
            let known = self.values[path] ?? []
            differences += values.subtracting(known).map { "\(path) has the value \($0), which has no name in Swift" }
            differences += known.subtracting(values).map { "\(path) has no value \($0) in the specification" }
        }
        let paths = Set(walk.properties.keys).union(walk.enumerations.keys)
        let entries = Set(samples.keys).union(values.keys).union(leftOut.keys)
        differences += entries.subtracting(paths).map { "\($0) isn't in the specification" }
        return differences.sorted()
    }

    /// The alternatives of a union, or of the elements of an array.
    private func alternatives(of schema: JSONValue, in specification: ConformanceSpecification) -> [JSONValue] {
        specification.alternatives(of: schema).flatMap { schema -> [JSONValue] in
            guard let items = schema["items"] else { return [schema] }
            return specification.alternatives(of: items).map { schema.setting([.key("items")], to: $0) }
        }
    }
}

/// Tries the properties of one type.
struct ConformanceRows<Root: WireObject> {
    let path: String
    private(set) var samples: [String: [JSONValue]] = [:]
    private(set) var faults: [String] = []

    init(path: String) { self.path = path }

    /// An optional property: a value for it, and what that must be on the wire.
    mutating func callAsFunction<Value: WireValue & Equatable>(
        _ key: String, _ property: WritableKeyPath<Root, Value?>, _ value: Value, _ wire: JSONValue
    ) {
        attempt(key, property, value, wire)
        var object = Root(fields: [key: wire])
        object[keyPath: property] = nil
        if !object.fields.isEmpty { faults.append("\(path).\(key) isn't removed by nil") }
    }

    /// A list, which is empty where it is absent.
    mutating func list<Element: WireValue & Equatable>(
        _ key: String, _ property: WritableKeyPath<Root, [Element]>, _ value: [Element], _ wire: JSONValue
    ) {
        attempt(key, property, value, wire)
    }

    private mutating func attempt<Value: Equatable>(
        _ key: String, _ property: WritableKeyPath<Root, Value>, _ value: Value, _ wire: JSONValue
    ) {
        samples["\(path).\(key)", default: []].append(wire)
        var object = Root(fields: [:])
        if object[keyPath: property] == value { faults.append("\(path).\(key) has a value where it is absent") }
        object[keyPath: property] = value
        if object.fields != [key: wire] {
            let fields = String(decoding: object.json.serialized(), as: UTF8.self)
            faults.append("\(path).\(key) is sent as \(fields)")
        }
        if object[keyPath: property] != value { faults.append("\(path).\(key) isn't read as it was set") }
        if Root(fields: [key: wire])[keyPath: property] != value { faults.append("\(path).\(key) isn't read") }
    }
}
