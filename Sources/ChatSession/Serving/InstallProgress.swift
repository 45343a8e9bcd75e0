/// How far the installation of the local model is.
public enum InstallProgress: Sendable, Equatable {
    /// The Python environment is being made.
    case creatingEnvironment
    /// The server is being downloaded and unpacked: bytes so far, and in all where that is known.
    case downloadingServer(received: Int, total: Int?)
    /// The model is being downloaded and unpacked: bytes so far, and in all where that is known.
    case downloadingModel(received: Int, total: Int?)
    /// The model is answering a first question.
    case checking
}
