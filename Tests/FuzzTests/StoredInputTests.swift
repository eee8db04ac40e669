import Foundation
import FuzzTargets
import Testing

/// The inputs that `scripts/fuzz` starts from, and those by which it once found a fault.
@Suite struct StoredInputTests {
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

    /// `Fuzz/Inputs/<target>/<what it was about>`
    @Test(arguments: FuzzTarget.allCases)
    func inputsThatOnceFoundAFaultAreHandled(_ target: FuzzTarget) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fuzz/Inputs/\(target.rawValue)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names {
            check(target, Array(try Data(contentsOf: folder.appending(path: name))), name)
        }
    }
}
