import Glibc

/// Names a session: when it began, to the second in UTC, and four random digits: `20261122-165054-7f3a`.
///
/// Sorting ids by name sorts them by time, and any prefix that fits only one will do on a command line.
public struct SessionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The id as it stands in files and on command lines.
    public let text: String

    /// A new id for a session that begins now.
    public init() {
        self.init(date: Timestamp(), suffix: UInt16.random(in: .min ... .max))
    }

    init(date: Timestamp, suffix: UInt16) {
        let digits = String(suffix, radix: 16)
        text = date.compact + "-" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// An id that somebody wrote; nil unless it has the shape of one, so that no name can lead out of the sessions' directory.
    public init?(_ text: String) {
        var text = text
        guard text.withUTF8(Self.isID) else { return nil }
        self.text = text
    }

    /// The id in the name of a session's file; nil if it is no session's.
    ///
    /// By bytes: among ten thousand names the rules of Unicode would take longer than the disk.
    init?(ofFile name: UnsafeBufferPointer<UInt8>) {
        let id = UnsafeBufferPointer(rebasing: name.dropLast(5))
        guard name.suffix(5).elementsEqual(".json".utf8), Self.isID(id) else { return nil }
        text = String(decoding: id, as: UTF8.self)
    }

    private static func isID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count == 20
            && bytes.indices.allSatisfy { index in
                switch index {
                case 8, 15: bytes[index] == UInt8(ascii: "-")
                case ..<15: isDigit(bytes[index])
                default: isDigit(bytes[index]) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(bytes[index])
                }
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// When the session began, as the id says; where its digits are no time, that of the epoch.
    var created: Timestamp {
        let digits = text.map(String.init)
        func part(_ range: Range<Int>) -> String { digits[range].joined() }
        let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        return Timestamp("\(date)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
            ?? Timestamp(secondsSinceEpoch: 0)
    }

    /// The id as text.
    public var description: String { text }

    /// Whether one session began before another.
    public static func < (left: SessionID, right: SessionID) -> Bool { left.text < right.text }
}
