/// Halves of surrogate pairs, as scalars that a `String` can hold until the other half arrives.
///
/// Some servers cut a stream between the two escapes of one emoji (`"\ud83d"` in one delta, `"\ude00"` in the next). A Swift string can't hold
/// half a pair, so a half travels as one of the last 2048 private-use scalars, and `MessageAccumulator` joins or replaces it.
enum LoneSurrogate {
    private static let first: UInt32 = 0x10F800

    /// The private-use scalar that stands for a surrogate code unit.
    static func scalar(for unit: UInt16) -> Unicode.Scalar {
        Unicode.Scalar(first + UInt32(unit) - 0xD800) ?? "\u{FFFD}"
    }

    /// The surrogate code unit that a scalar stands for, if it stands for one.
    static func unit(of scalar: Unicode.Scalar) -> UInt16? {
        scalar.value >= first ? UInt16(scalar.value - first + 0xD800) : nil
    }

    /// The scalar that a pair of surrogates encodes, if the two are a pair.
    static func join(lead: UInt16, trail: UInt16) -> Unicode.Scalar? {
        guard UTF16.isLeadSurrogate(lead), UTF16.isTrailSurrogate(trail) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(lead) - 0xD800) << 10 + (UInt32(trail) - 0xDC00))
    }
}
