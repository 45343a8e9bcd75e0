import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("Hostile files among the sessions", .serialized, .timeLimit(.minutes(5)))
struct HostileHistoryTests {
    let home: Home

    init() throws { home = try Home(try LoopbackServer { $0.reply("Yes.") }) }

    private func name(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "20260101-000000-" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    private func put(_ hostile: HostileSession, _ number: Int) throws -> URL {
        let path = try home.directory.write("", to: "banter/sessions/\(name(number)).json")
        let url = URL(filePath: path)
        try Data(hostile.bytes).write(to: url)
        return url
    }

    @Test("J08, J10, J13: sessions list names each file that it can't read, shows the others, and alters none")
    func list() async throws {
        let urls = try HostileSession.all.enumerated().map { try put($0.element, $0.offset) }
        mkfifo(home.directory.file("banter/sessions/\(name(0xF000)).json"), 0o600)
        symlink("\(name(0xF001)).json", home.directory.file("banter/sessions/\(name(0xF001)).json"))
        symlink("/etc/hostname", home.directory.file("banter/sessions/\(name(0xF002)).json"))
        mkdir(home.directory.file("banter/sessions/\(name(0xF003)).json"), 0o700)
        let list = try await home.run("sessions", "list")
        #expect(list.code == 65)
        for (number, (hostile, url)) in zip(HostileSession.all, urls).enumerated() {
            #expect(try Array(Data(contentsOf: url)) == hostile.bytes, "\(hostile)")
            let isListed = list.output.contains(name(number))
            #expect(isListed != list.errors.contains("\(name(number)).json"), "\(hostile)")
        }
        for number in 0xF000...0xF003 { #expect(list.errors.contains("\(name(number)).json")) }
    }

    @Test("J01, J06, J11: -r opens such a file and keeps it as it was, or names it; neither a crash nor a hang")
    func resume() async throws {
        for (number, hostile) in HostileSession.all.enumerated() where number % 8 == 0 {
            let url = try put(hostile, number)
            let run = try await home.run("-m", "test-model", "-r", name(number), "-p", "Go on.")
            let kept = "banter/sessions/\(name(number)).bak"
            switch run.code {
            case 0: #expect(Array((home.directory.text(of: kept) ?? "").utf8) == hostile.bytes, "\(hostile)")
            case 65:
                #expect(run.errors.contains(url.path), "\(hostile): \(run.errors)")
                #expect(try Array(Data(contentsOf: url)) == hostile.bytes, "\(hostile)")
            case 78 where hostile.name.hasPrefix("provider is"):
                #expect(try Array(Data(contentsOf: url)) == hostile.bytes, "\(hostile)")
            default: Issue.record("\(hostile): exit \(run.code): \(run.errors)")
            }
        }
        for query in ["../../x", "/etc/passwd", "a/../../b", "..", ".", "~", "%2f"] {
            #expect(try await home.run("-r", query, "-p", "x").code == 65)
        }
    }
}
