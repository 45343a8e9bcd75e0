extension ChatApiConfiguration {
    /// A configuration for an address in parts, which may be written loosely.
    /// - Parameters:
    ///   - scheme: `https` or `http`, with or without `://`.
    ///   - host: The host, with a port if need be; a scheme before it and a path after it are ignored.
    ///   - basePath: What all paths begin with; slashes at its ends don't matter, many in a row are one.
    ///   - apiKey: The key.
    public init(scheme: String = "https", host: String, basePath: String = "/v1", apiKey: String? = nil) {
        let scheme = scheme.firstRange(of: "://").map { String(scheme[..<$0.lowerBound]) } ?? scheme
        var host = host[...]
        if let separator = host.firstRange(of: "://") { host = host[separator.upperBound...] }
        host = host.prefix { !"/?#\\".contains($0) }
        let path = basePath.split(separator: "/").map { "/" + $0 }.joined()
        self.init(baseURL: "\(scheme)://\(host)\(path)", apiKey: apiKey)
    }

    /// A configuration for a deployment at Azure, by its dated API.
    ///
    /// Azure's v1 API needs none of this: its base URL is `{endpoint}/openai/v1`, and the key goes as bearer token.
    /// - Parameters:
    ///   - endpoint: The address of the resource, like `https://NAME.openai.azure.com`.
    ///   - deployment: The name of the deployment, which stands for the model.
    ///   - apiVersion: The date of the API, like `2024-10-21`.
    ///   - apiKey: The key, sent as `api-key`; for an Entra ID token set `authentication` to `.bearer` instead.
    /// - Returns: The configuration, to which more can be set.
    public static func azure(
        endpoint: String, deployment: String, apiVersion: String, apiKey: String? = nil
    ) -> ChatApiConfiguration {
        var configuration = ChatApiConfiguration(
            baseURL: "\(endpoint)/openai/deployments/\(PercentEncoding.encoded(deployment))", apiKey: apiKey)
        configuration.query = ["api-version": apiVersion]
        configuration.authentication = .header(name: "api-key")
        return configuration
    }
}
