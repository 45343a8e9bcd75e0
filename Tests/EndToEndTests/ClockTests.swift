import ChatApi
import Glibc
import TestSupport
import Testing

/// N30: what waits on a clock that doesn't follow the time of day.
@Suite("A clock that is set", .serialized, .timeLimit(.minutes(3)))
struct ClockTests {
    /// A library that goes before the system's, and has the time of day jump by an hour at every look, back and forth.
    private static let shim = """
        #define _GNU_SOURCE
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        int clock_gettime(clockid_t clock, struct timespec *now) {
            static int calls;
            int result = syscall(SYS_clock_gettime, clock, now);
            if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
                now->tv_sec += __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) % 2 ? 3600 : -3600;
            return result;
        }

        int gettimeofday(struct timeval *now, void *zone) {
            struct timespec time;
            int result = clock_gettime(CLOCK_REALTIME, &time);
            if (now) *now = (struct timeval){time.tv_sec, time.tv_nsec / 1000};
            return result;
        }

        time_t time(time_t *result) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (result) *result = now.tv_sec;
            return now.tv_sec;
        }
        """

    /// Builds the library.
    private func library(in directory: TemporaryDirectory) throws -> String {
        let source = try directory.write(Self.shim, to: "shim.c")
        let library = directory.file("shim.so")
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let words = ["clang", "-shared", "-fPIC", "-o", library, source]
        let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=\(path)"), nil]
        defer { (argv + environment).forEach { free($0) } }
        var process = pid_t()
        var status: Int32 = -1
        #expect(posix_spawnp(&process, "clang", nil, nil, argv, environment) == 0)
        waitpid(process, &status, 0)
        try #require(status == 0, "the library can't be built")
        return library
    }

    private static let timeouts = #""timeouts":{"firstEvent":1,"betweenEvents":1}"#

    @Test(
        "N30: waits are as long, and end as well, when the time of day jumps by hours",
        arguments: ["retry", "first", "next"])
    func jumps(wait: String) async throws {
        let directory = try TemporaryDirectory()
        let library = try library(in: directory)
        var runs: [(code: Int32, output: String, errors: String)] = []
        for variables in [[:], ["LD_PRELOAD": library]] {
            let server = try LoopbackServer()
            let home = try Home(server, variables)
            try home.configure(
                #"{"provider":"here","model":"m","providers":{"here":{"baseURL":"\#(server.baseURL)",\#(Self.timeouts)}}}"#
            )
            async let run = home.run("-p", "--no-save", "x")
            let first = try await server.nextChat()
            let start = ContinuousClock.now
            switch wait {
            case "retry":
                // A date an hour and a second ahead would be one of the time of day, which nobody can help; the server's clock tells here.
                first.respond(
                    status: 503,
                    headers: [
                        ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Retry-After", "Sun, 06 Nov 1994 08:49:38 GMT"),
                    ])
                try await server.nextChat().reply("Yes.")
            case "first":
                first.startEvents()
                try await first.waitUntilClientCloses()
            default:
                first.startEvents()
                first.send(content: "Yes")
                try await first.waitUntilClientCloses()
            }
            // Not before its time; that it came at all shows that it wasn't an hour late.
            #expect(ContinuousClock.now - start > .milliseconds(900))
            var result = try await run
            result.errors = result.errors.replacing(":\(server.port)", with: "")
            runs.append(result)
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].output == (wait == "first" ? "" : wait == "retry" ? "Yes.\n" : "Yes\n"))
        #expect((runs[0].code == 0) == (wait == "retry"))
    }
}
