// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")

let package = Package(
    name: "regulars",
    products: [
        .executable(name: "regulars", targets: ["regulars"]),
        .library(name: "Methods", targets: ["Methods"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The words everything shares, and the pure rooms: no sockets, no database.
        .target(name: "Kernel", swiftSettings: house),
        .target(
            name: "Methods", dependencies: [.product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: house),
        .target(name: "Tabular", swiftSettings: house),

        .executableTarget(
            name: "MethodsBench", dependencies: ["Methods"], path: "Benchmarks/Methods", swiftSettings: house),

        // Storage: one seam, two engines.
        .target(name: "Storage", dependencies: ["Kernel"], swiftSettings: house),
        .target(
            name: "StorageSQLite",
            dependencies: [
                "Kernel", "Storage",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "StoragePostgres", dependencies: ["Kernel", "Storage", "CPostgres"],
            swiftSettings: house),

        // What people see.
        .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .target(name: "Markup", dependencies: ["Kernel"], swiftSettings: house),
        .systemLibrary(name: "CRsvg", pkgConfig: "librsvg-2.0", providers: [.apt(["librsvg2-dev"])]),
        .target(name: "Pictures", dependencies: ["CRsvg"], swiftSettings: house),
        .target(
            name: "CAssets",
            cSettings: [.unsafeFlags(["-std=c23", "-Wno-c23-extensions"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "Web",
            dependencies: [
                "Kernel", "Markup", "CZlib", hummingbird,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: house),

        // The product.
        .target(
            name: "Desk",
            dependencies: [
                "Kernel", "Methods", "Tabular", "Storage", "Markup", "Web", "CAssets", hummingbird,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "regulars",
            dependencies: [
                "Desk", "Kernel", "Markup", "Storage", "StorageSQLite", "StoragePostgres", "Pictures",
                "Tabular", "Web",
                hummingbird, .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),

        // Tests.
        .testTarget(name: "KernelTests", dependencies: ["Kernel"], swiftSettings: house),
        .testTarget(name: "MethodsTests", dependencies: ["Methods"], swiftSettings: house),
        .testTarget(name: "TabularTests", dependencies: ["Tabular"], swiftSettings: house),
        .target(
            name: "StorageTesting",
            dependencies: ["Storage", "StorageSQLite", "StoragePostgres"],
            path: "Tests/StorageTesting", swiftSettings: house),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Kernel", "Storage", "StorageSQLite", "StoragePostgres", "StorageTesting"],
            swiftSettings: house),
        .testTarget(name: "MarkupTests", dependencies: ["Markup", "CGumbo"], swiftSettings: house),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Markup",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "DeskTests",
            dependencies: [
                "Desk", "Kernel", "Markup", "Methods", "Pictures", "Storage", "StorageTesting", "Tabular",
                "Web",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house),
    ]
)
