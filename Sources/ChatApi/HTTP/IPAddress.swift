import Glibc

/// The bytes of an IPv4 or IPv6 address.
struct IPAddress: Hashable {
    private let bytes: [UInt8]

    /// Reads an address as people write it, IPv6 without brackets; nil for what isn't one.
    init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes.prefix(4))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.bytes = bytes
        } else {
            return nil
        }
    }

    /// Whether the address has its first bits, as many as the prefix says, in common with a network.
    func isIn(_ network: IPAddress, prefix: Int) -> Bool {
        guard network.bytes.count == bytes.count, (0...bytes.count * 8).contains(prefix) else { return false }
        let (whole, rest) = prefix.quotientAndRemainder(dividingBy: 8)
        guard bytes[..<whole] == network.bytes[..<whole] else { return false }
        guard rest > 0 else { return true }
        let mask = UInt8.max << UInt8(8 - rest)
        return bytes[whole] & mask == network.bytes[whole] & mask
    }
}
