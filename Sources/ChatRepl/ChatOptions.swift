/// What the command line asks for.
package struct ChatOptions: Sendable {
    /// The prompt's words, joined.
    package var prompt = ""
    /// One answer on standard output, then exit.
    package var printsOneAnswer = false
    /// Go on with the newest session.
    package var continuesNewest = false
    /// Go on with this session; empty: let the user pick one.
    package var resumed: String?
    package var model: String?
    package var provider: String?
    package var system: String?
    package var parameters = ParameterFlags()
    package var streams = true
    package var saves = true
    package var printsJSON = false
    package var showsSource = false
    package var color = "auto"
    package var configurationPath: String?
    package var isVerbose = false

    package init() {}
}
