// swift-tools-version: 6.1
import PackageDescription

/// Set by `scripts/fuzz`: the code that reads foreign bytes is then compiled for libFuzzer, which
/// wants to know what is executed, and the address sanitizer; and there is a program that searches.
let isFuzzing = Context.environment["AIDLEDGER_FUZZ"] != nil
let sanitizers = isFuzzing ? ["-sanitize=fuzzer,address"] : []

/// Every Swift target is compiled with these: imports and existentials say what they mean,
/// and a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-warnings-as-errors"] + sanitizers),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let fuzzer: [Target] = [
    .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
    .executableTarget(
        name: "fuzzer", dependencies: ["FuzzTargets", "CLibFuzzer"], path: "Fuzz/Fuzzer",
        swiftSettings: strict,
        // gold, the default, cannot link the address sanitizer.
        linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]),
]

let package = Package(
    name: "aidledger",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "aidledger", targets: ["aidledger"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXSLT", pkgConfig: "libexslt", providers: [.apt(["libxslt1-dev"])]),
        .target(name: "CXSLT", dependencies: ["CLibXSLT"]),
        .systemLibrary(
            name: "CLibXLSXWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "CXLSX", dependencies: ["CLibXLSXWriter", "CLibXSLT"]),
        .target(name: "CPlatform"),

        .target(name: "TransparencyLog", dependencies: [crypto], swiftSettings: strict),
        .target(name: "AidRecords", dependencies: [yams], swiftSettings: strict),
        .target(
            name: "PolicyRules", dependencies: ["AidRecords", yams], swiftSettings: strict),
        .target(
            name: "LedgerCore", dependencies: ["AidRecords", "TransparencyLog", crypto, yams],
            swiftSettings: strict),
        .target(name: "Drawings", dependencies: ["AidRecords"], swiftSettings: strict),
        .target(
            name: "Findings",
            dependencies: [
                "AidRecords", "Drawings", "LedgerCore", "Statistics", "TransparencyLog", crypto,
            ],
            swiftSettings: strict),
        .target(
            name: "LedgerSQLite",
            dependencies: [
                "LedgerCore", "PolicyRules", "Findings", "Evidence", "CPlatform", grdb, sqlite,
                logging,
            ],
            swiftSettings: strict),
        .target(
            name: "Evidence", dependencies: ["AidRecords", "TransparencyLog", crypto],
            swiftSettings: strict),
        .target(name: "SampleRecords", swiftSettings: strict),
        .target(name: "Statistics", swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: [
                "AidRecords", "Drawings", "LedgerCore", "TransparencyLog", "CXSLT", "CXLSX",
                crypto,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "aidledger",
            dependencies: [
                "LedgerSQLite", "PolicyRules", "Findings", "Statistics", "Evidence", "Reporting",
                "SampleRecords", "CPlatform", arguments, logging,
            ],
            swiftSettings: strict),

        // What scripts/bench measures the chain alone with; it is no part of the program.
        .executableTarget(
            name: "ledger-bench",
            dependencies: ["LedgerSQLite", "LedgerCore", "AidRecords", "TransparencyLog", grdb],
            path: "Benchmarks/LedgerBench", swiftSettings: strict),

        .testTarget(
            name: "TransparencyLogTests", dependencies: ["TransparencyLog"], exclude: ["Go"],
            resources: [.copy("Vectors")], swiftSettings: strict),
        .testTarget(
            name: "AidRecordsTests", dependencies: ["AidRecords"],
            exclude: ["Corpus", "Vectors", "rmb-uppercase.tsv"], swiftSettings: strict),
        .testTarget(
            name: "PolicyRulesTests", dependencies: ["PolicyRules", "AidRecords"],
            exclude: ["cases"], swiftSettings: strict),
        .testTarget(
            name: "LedgerCoreTests",
            dependencies: ["LedgerCore", "AidRecords", "TransparencyLog", crypto],
            resources: [.copy("Intake/Fixtures")], swiftSettings: strict),
        .testTarget(
            name: "LedgerSQLiteTests",
            dependencies: [
                "LedgerSQLite", "PolicyRules", "SampleRecords", "TransparencyLog", grdb,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Reporting", "LedgerSQLite", "SampleRecords", "TransparencyLog",
            ],
            exclude: ["Examples", "Hostile", "prepare-on-postgres"], swiftSettings: strict),
        .testTarget(
            name: "FindingsTests",
            dependencies: ["Findings", "LedgerSQLite", "PolicyRules", "LedgerCore", "AidRecords"],
            swiftSettings: strict),
        .testTarget(
            name: "TraceTests", dependencies: ["Findings", "Drawings", "AidRecords"],
            swiftSettings: strict),
        .testTarget(
            name: "EvidenceTests", dependencies: ["Evidence", "TransparencyLog", crypto],
            swiftSettings: strict),
        .testTarget(
            name: "SampleRecordsTests", dependencies: ["SampleRecords"], swiftSettings: strict),
        .testTarget(
            name: "StatisticsTests", dependencies: ["Statistics"], exclude: ["data"],
            swiftSettings: strict),

        .target(
            name: "FuzzTargets",
            dependencies: ["AidRecords", "LedgerCore", "TransparencyLog", "Evidence"],
            path: "Fuzz/Targets", swiftSettings: strict),
        .testTarget(
            name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: strict),
    ] + (isFuzzing ? fuzzer : [])
)
