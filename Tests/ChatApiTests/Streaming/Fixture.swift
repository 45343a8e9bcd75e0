import ChatApi
import Foundation
import Testing

/// A recorded answer of a real server, and what it must come to; `Fixtures/wire/README.md` tells the format.
struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    let isStream: Bool
    let status: Int
    let contentType: String
    let bytes: [UInt8]
    let expected: JSONValue

    var testDescription: String { name }

    /// What is wrong with a folder of recordings.
    struct LoadError: Error, CustomStringConvertible {
        let description: String
    }

    /// The folders: the one here, and the one that `BANTER_RECORDINGS` names.
    static let folders =
        [Bundle.module.bundlePath + "/Fixtures/wire"]
        + [ProcessInfo.processInfo.environment["BANTER_RECORDINGS"] ?? ""].filter { !$0.isEmpty }

    /// Every recording of all folders; a folder that can't be read fails the test "are all there".
    static let all = folders.flatMap { (try? load($0)) ?? [] }
    static let streams = all.filter(\.isStream)
    static let answers = all.filter { !$0.isStream && !$0.isError }
    static let errors = all.filter { !$0.isStream && $0.isError }

    private var isError: Bool { expected["error"]?.isNull == false }

    /// The recordings of a folder, in the order of its `index.tsv`.
    static func load(_ folder: String) throws -> [Fixture] {
        let index = String(decoding: try read("index.tsv", in: folder), as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        func column(_ title: String) throws -> Int {
            guard let column = index.first?.firstIndex(of: title[...]) else {
                throw LoadError(description: "\(folder)/index.tsv has no column \(title)")
            }
            return column
        }
        let (file, status, expectedFile) = (try column("file"), try column("http"), try column("expected_file"))
        return try index.dropFirst().map { row in
            guard row.count > max(file, status, expectedFile), let code = Int(row[status]) else {
                throw LoadError(description: "\(folder)/index.tsv: the line of \(row[0]) has no number in http")
            }
            let expected = try JSONValue(parsing: read(String(row[expectedFile]), in: folder))
            return Fixture(
                name: String(row[file]), isStream: expected["stream"]?.boolValue ?? row[file].hasSuffix(".sse"),
                status: code, contentType: expected["content_type"]?.stringValue ?? "application/json",
                bytes: try read(String(row[file]), in: folder), expected: expected)
        }
    }

    private static func read(_ file: String, in folder: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else {
            throw LoadError(description: "\(folder)/\(file) can't be read")
        }
        return Array(data)
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
