import Foundation
import FuzzTargets
import Testing

/// The inputs that `scripts/fuzz` starts from, and those by which it once found a fault.
@Suite struct StoredInputTests {
    private static let inputs = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Inputs")

    private static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }

    private func check(_ target: FuzzTarget, _ bytes: [UInt8], _ name: String) {
        do {
            try bytes.withUnsafeBufferPointer { try target.check($0) }
        } catch {
            Issue.record("\(target) \(name): \(error)")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func seedsAreHandled(_ target: FuzzTarget) throws {
        for (number, seed) in try Preparation(of: target).seeds.enumerated() {
            check(target, seed, "seed \(number)")
        }
    }

    /// A seed that is refused leads the search nowhere.
    @Test(arguments: [FuzzTarget.entries, .kinds, .mappings, .timestamps])
    func seedsAreAccepted(_ target: FuzzTarget) throws {
        let accepts = try #require(target.accepts)
        for seed in try Preparation(of: target).seeds {
            let isAccepted = try seed.withUnsafeBufferPointer(accepts)
            #expect(isAccepted, "\(String(decoding: seed.prefix(400), as: UTF8.self))")
        }
    }

    @Test func everyFolderOfInputsIsThatOfATarget() throws {
        let targets = FuzzTarget.allCases.map(\.rawValue)
        let folders = try Self.names(in: Self.inputs)
        #expect(!folders.isEmpty && Set(folders).isSubset(of: targets), "\(folders)")
    }

    /// `Fuzz/Inputs/<target>/<what it was about>`
    @Test(arguments: FuzzTarget.allCases)
    func inputsThatOnceFoundAFaultAreHandled(_ target: FuzzTarget) throws {
        guard try Self.names(in: Self.inputs).contains(target.rawValue) else { return }
        let folder = Self.inputs.appending(path: target.rawValue)
        for name in try Self.names(in: folder) {
            check(target, Array(try Data(contentsOf: folder.appending(path: name))), name)
        }
    }
}
