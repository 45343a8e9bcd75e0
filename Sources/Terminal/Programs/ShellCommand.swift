import CLibEdit
import Glibc

/// A command of the shell that gets a text on its standard input, and the terminal for everything else.
package enum ShellCommand {
    package enum End: Hashable, Sendable {
        case exited(code: Int32)
        case killed(signal: Int32)
        /// The terminal was wanted back, so it was ended.
        case takenBack
        /// It couldn't be run.
        case failed(TerminalError)
    }

    /// Runs a command to its end.
    ///
    /// For the terminal's thread, which it blocks while the terminal is lent. The text is in a file in memory, so the command may read
    /// as much of it as it likes, when it likes; and nothing is collected of what it prints.
    ///
    /// - Parameters:
    ///   - command: What the shell runs.
    ///   - input: What it reads.
    ///   - loan: Says when the terminal is wanted back. Then the command is ended.
    /// - Returns: How it ended.
    package static func run(_ command: String, input: String, loan: TerminalLoan) -> End {
        do throws(TerminalError) {
            let file = try MemoryFile(input)
            // After Ctrl-C the shell waits for what it runs, which may have other plans with that key; then it runs nothing more.
            let program = try TerminalProgram(
                script: "trap 'exit 130' INT; " + command, arguments: ["sh"], descriptors: [file.descriptor, 1, 2],
                terminal: 0)
            switch program.wait(loan) {
            case .exited(let code) where code > 128: return .killed(signal: code - 128)
            case .exited(let code): return .exited(code: code)
            case .killed(let signal): return .killed(signal: signal)
            case .takenBack: return .takenBack
            }
        } catch {
            return .failed(error)
        }
    }
}

/// A text in a file that nobody else sees and that is gone with its descriptor (memfd_create(2)).
struct MemoryFile: ~Copyable {
    let descriptor: Int32

    init(_ text: String) throws(TerminalError) { try self.init(Array(text.utf8)) }

    init(_ bytes: [UInt8]) throws(TerminalError) {
        descriptor = clibedit_memory_file()
        guard descriptor >= 0 else { throw TerminalError(operation: "make a file in memory", code: errno) }
        let code = TerminalOutput.write(bytes, to: descriptor)
        guard code == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw TerminalError(operation: "write a file in memory", code: code == 0 ? errno : code)
        }
    }

    deinit { close(descriptor) }
}
