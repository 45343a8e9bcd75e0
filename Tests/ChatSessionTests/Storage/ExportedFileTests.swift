import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("Files that people ask for")
struct ExportedFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ text: String, _ name: String, replacing: Bool = false) -> ExportedFile.Problem? {
        do throws(ExportedFile.Problem) {
            try ExportedFile.write(Array(text.utf8), to: directory.file(name), replacing: replacing)
            return nil
        } catch {
            return error
        }
    }

    private func permissions(_ name: String) -> mode_t {
        var status = stat()
        return stat(directory.file(name), &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test(
        "a new one is 0644 at most, and an old one is left alone, or replaced with its permissions and nothing beside it"
    )
    func files() throws {
        #expect(write("one", "a") == nil)
        #expect(permissions("a") == 0o644 && directory.text(of: "a") == "one")
        #expect(write("two", "a") == .exists(.file))
        #expect(directory.text(of: "a") == "one")
        chmod(directory.file("a"), 0o750)
        #expect(write("two", "a", replacing: true) == nil)
        #expect(permissions("a") == 0o750 && directory.text(of: "a") == "two")
        #expect(write("three", "b", replacing: true) == nil && directory.text(of: "b") == "three")
        #expect(try DirectoryListing.names(in: directory.path).sorted() == ["a", "b"])
    }

    @Test("nothing but a file is replaced, and no link is followed", arguments: [false, true])
    func others(replacing: Bool) throws {
        mkdir(directory.file("dir"), 0o700)
        mkfifo(directory.file("fifo"), 0o600)
        symlink("nowhere", directory.file("link"))
        #expect(write("x", "dir", replacing: replacing) == .exists(.directory))
        #expect(write("x", "fifo", replacing: replacing) == .exists(.special))
        #expect(write("x", "link", replacing: replacing) == .exists(.link))
        #expect(access(directory.file("nowhere"), F_OK) != 0)
        guard case .failed(let error)? = write("x", "no/such", replacing: replacing) else {
            Issue.record("written into a directory that isn't there")
            return
        }
        #expect(error.errorNumber == ENOENT && error.path == directory.file("no/such"))
    }
}
