import ChatApi
import Foundation
import Testing

/// A recorded answer of a real server, and what it must come to.
struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    let isStream: Bool
    let status: Int
    let bytes: [UInt8]
    let expected: JSONValue

    var testDescription: String { name }

    /// Every line of `Fixtures/wire/index.tsv`.
    static let all: [Fixture] = load()
    static let streams = all.filter(\.isStream)
    static let answers = all.filter { !$0.isStream && $0.status == 200 && $0.expected["error"]?.isNull != false }
    static let errors = all.filter { !$0.isStream && $0.expected["error"]?.isNull == false }

    private static func load() -> [Fixture] {
        let root = Bundle.module.bundlePath + "/Fixtures/wire/"
        let index = text(root + "index.tsv").split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        guard let titles = index.first, let status = titles.firstIndex(of: "http"),
            let expected = titles.firstIndex(of: "expected_file")
        else { return [] }
        return index.dropFirst().compactMap { row in
            guard let json = try? JSONValue(parsing: Array(text(root + String(row[expected])).utf8)) else { return nil }
            return Fixture(
                name: String(row[0]), isStream: row[0].hasSuffix(".sse"), status: Int(row[status]) ?? 0,
                bytes: Array(text(root + String(row[0])).utf8), expected: json)
        }
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// A random generator that gives the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        // SplitMix64
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension [UInt8] {
    /// The bytes in pieces of random sizes.
    func pieces(_ generator: inout SeededGenerator, upTo largest: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < count {
            let end = Swift.min(count, start + Int.random(in: 1...largest, using: &generator))
            pieces.append(Array(self[start..<end]))
            start = end
        }
        return pieces
    }
}
