// swift-tools-version: 6.2
import PackageDescription

// The house of Banter. Arrows go one way; `make check` builds with
// `--explicit-target-dependency-import-check error`, so an import that is not drawn here fails.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
]

let package = Package(
    name: "banter",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "banter", targets: ["banter"]),
        .library(name: "ChatApi", targets: ["ChatApi"]),
        .library(name: "ChatSession", targets: ["ChatSession"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        // Comes with async-http-client; named for the limit of what an answer unpacks to.
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // No traits: the Foundation trait would link all of Foundation for types that Banter doesn't use.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The wire: no file, no terminal, no environment, no global.
        .target(
            name: "ChatApi",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        // Words found in text, whatever their case: in the files of sessions and on the screen alike.
        .target(name: "TextSearch"),
        // A conversation that outlives the process, and the servers and settings that it needs.
        .target(
            name: "ChatSession",
            dependencies: [
                "ChatApi", "CWriteback", "CYAML", "TextSearch",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]
        ),
        // The terminal: knows nothing of chat.
        .target(name: "Terminal", dependencies: ["TextSearch", "CLibEdit", "CNcurses"]),
        // Markdown and code as it streams, to styled lines.
        .target(
            name: "TerminalMarkdown",
            dependencies: ["Terminal", "CMD4C", "CSourceHighlight"]
        ),
        // The interactive front, and every sentence a person reads.
        .target(
            name: "ChatRepl",
            dependencies: [
                "ChatApi", "ChatSession", "Terminal", "TerminalMarkdown", "TextSearch",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // Arguments in, exit code out.
        .executableTarget(
            name: "banter",
            dependencies: [
                "ChatRepl",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // C at arm's length: each is imported by one target, and no C type leaves that target.
        .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
        .target(
            name: "CNcurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        .systemLibrary(name: "CMD4C", providers: [.apt(["libmd4c-dev"])]),
        // The archives: the shared library would load 30 MB of ICU and cost 1 ms at every start (shim.cpp).
        .target(
            name: "CSourceHighlight",
            linkerSettings: [
                .linkedLibrary(":libsource-highlight.a", .when(platforms: [.linux])),
                .linkedLibrary(":libboost_regex.a", .when(platforms: [.linux])),
                .linkedLibrary("source-highlight", .when(platforms: [.macOS])),
            ]
        ),
        .target(name: "CWriteback"),
        // The archive: it is read once in a while, and a shared library would be loaded at every start.
        .target(
            name: "CYAML",
            linkerSettings: [
                .linkedLibrary(":libyaml.a", .when(platforms: [.linux])),
                .linkedLibrary("yaml", .when(platforms: [.macOS])),
            ]
        ),

        // Tests mirror the targets; TestSupport holds the loopback server, the pseudo-terminal and the rest.
        .target(
            name: "TestSupport",
            dependencies: [
                "ChatApi",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/TestSupport"
        ),
        .testTarget(
            name: "ChatApiTests",
            dependencies: [
                "ChatApi", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "TextSearchTests", dependencies: ["TextSearch"]),
        .testTarget(name: "ChatSessionTests", dependencies: ["ChatSession", "ChatApi", "TextSearch", "TestSupport"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TestSupport"]),
        .testTarget(
            name: "TerminalMarkdownTests",
            dependencies: ["TerminalMarkdown", "Terminal", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ChatReplTests",
            dependencies: ["ChatRepl", "ChatSession", "ChatApi", "Terminal", "TestSupport"]
        ),
        .testTarget(name: "EndToEndTests", dependencies: ["banter", "ChatSession", "ChatApi", "TestSupport"]),
    ],
    cxxLanguageStandard: .cxx17
)

for target in package.targets where ![.system, .plugin].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}
