import FoundationEssentials
import TestSupport

/// The home that the local model is kept in from one run of the tests to the next.
enum ModelHome {
    /// Where the model is kept between runs: beside what was built.
    static let path = "\(Home.banter.dropLast("/banter".utf8.count))/../local-model-home"

    /// Installs the model if it isn't there; false, and why on standard output, if nobody can be reached to get it from.
    static func isInstalled() async throws -> Bool {
        let settings = ProcessInfo.processInfo.environment.filter { name, _ in
            ["HOME", "PATH"].contains(name) || name.hasPrefix("PIP_") || name.lowercased().hasSuffix("_proxy")
                || name.hasPrefix("SSL_CERT_")
        }
        let home = try Home(nil, settings.merging(["BANTER_HOME": path]) { $1 })
        let process = try BanterProcess(in: home, ["local", "install"])
        if try await process.exitCode(within: .seconds(600)) == 0 { return true }
        let unreachable = [
            "from versions: none", "NewConnectionError", "ConnectTimeout", "ProxyError", "connection broken",
        ]
        guard unreachable.contains(where: process.errors.contains) else {
            throw Unexpected("banter local install failed: \(process.errors)")
        }
        print("The tests of the local model are skipped: \(process.errors)")
        return false
    }
}
