import TestSupport
import Testing

@testable import ChatSession

@Suite("A file that is replaced")
struct AtomicFileTests {
    @Test(
        "holds all pieces, whatever their sizes are, also where the disk begins with a part of them",
        arguments: [[0], [1, 0, 2], [1 << 20], [(1 << 20) - 1, 1, 1], [3, (3 << 20) + 5, 0, 7], [2 << 20, 2 << 20]])
    func pieces(sizes: [Int]) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("before", to: "file")
        var whole: [UInt8] = []
        for size in sizes { whole += (0..<size).map { UInt8(truncatingIfNeeded: ($0 + whole.count) &* 31) } }
        var start = 0
        let pieces = sizes.map { size in
            defer { start += size }
            return whole[start..<start + size]
        }
        _ = try AtomicFile.replace(path, with: pieces)
        #expect(try AtomicFile.read(path) == whole)
        #expect(try DirectoryListing.names(in: directory.path) == ["file"])
    }
}
