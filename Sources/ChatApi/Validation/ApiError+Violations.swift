extension ApiError {
    /// The error of a request that isn't sent, as it breaks rules of the API.
    ///
    /// `param` is the field of the first violation.
    init(_ violations: [RequestViolation], host: String) {
        let told = violations.prefix(Self.maximumViolationsTold).map(\.description).joined(separator: "; ")
        let rest = violations.count - Self.maximumViolationsTold
        self.init(.invalidRequest, host: host, detail: rest > 0 ? "\(told); and \(rest) more" : told)
        param = violations.first?.path
        self.violations = violations
    }

    private static var maximumViolationsTold: Int { 5 }
}
