import Glibc

/// Standard input, where it isn't a terminal.
enum StandardInput {
    /// All of it.
    /// - Throws: `Complaint` beyond the limit, in bytes, or when it can't be read.
    static func readToEnd(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                // No standard input at all is an empty one.
                if errno == EBADF { return bytes }
                throw Complaint("Standard input can't be read (error \(errno)).", status: .badInput, code: "input")
            }
            guard bytes.count + count <= limit else {
                throw Complaint(
                    "Standard input is larger than \(limit >> 20) MB.", status: .badInput, code: "inputTooLarge")
            }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
