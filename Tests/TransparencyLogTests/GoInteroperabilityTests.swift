import Foundation
import Testing
import TransparencyLog

/// Holds notes, checkpoints, proofs and tile paths against golang.org/x/mod/sumdb, the
/// implementation behind Go's checksum database. See `Go/verify.go`.
@Suite struct GoInteroperabilityTests {
    private static let go = "/usr/bin/go"
    private static let packages = "/usr/share/gocode"

    private static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: go)
            && FileManager.default.fileExists(atPath: packages + "/src/golang.org/x/mod/sumdb/tlog")
    }

    @Test(
        .enabled(if: isInstalled, "needs Debian's golang-go and golang-golang-x-mod-dev"),
        .timeLimit(.minutes(5)))
    func goAcceptsWhatIsMadeHere() throws {
        let log = try SampleKeys.log()
        let witness = try SampleKeys.witness("witness.example/审计局", seed: 2)
        let signed = try SampleKeys.checkpoint(size: 37).signed(by: log)
        let input = try input(log: log, witness: witness, signed: signed)
        let encoder = JSONEncoder()
        // Go's hashes are read from the raw text, without undoing escapes.
        encoder.outputFormatting = .withoutEscapingSlashes
        let answer = try Self.runGo(on: encoder.encode(input))
        #expect(answer.errors == "")
        #expect(answer.status == 0)
        #expect(answer.output == signed.formatted)
    }

    private struct Input: Encodable {
        struct Inclusion: Encodable {
            var size: Int
            var index: Int
            var hashes: [String]
        }

        struct Consistency: Encodable {
            var old: Int
            var new: Int
            var hashes: [String]
        }

        struct TileAtPath: Encodable {
            var level: Int
            var index: Int64
            var width: Int
            var path: String
        }

        var signingKey: String
        var verifierKey: String
        var cosignerKey: String
        var cosignedAt: Int64
        var note: String
        var entries: [String]
        var roots: [String]
        var inclusion: [Inclusion] = []
        var consistency: [Consistency] = []
        var tiles: [TileAtPath] = []
    }

    private func input(log: SigningKey, witness: SigningKey, signed: SignedNote) throws -> Input {
        let tree = SampleTree.of256Leaves
        let seconds: Int64 = 1_679_315_147
        let line = try witness.cosign(Checkpoint(parsing: signed.text), timestampSeconds: seconds)
        let note = try signed.adding([line])
        var input = Input(
            signingKey: log.formattedPrivateKey, verifierKey: log.verifierKey.formatted,
            cosignerKey: witness.verifierKey.formatted, cosignedAt: seconds,
            note: String(decoding: note.formatted, as: UTF8.self),
            entries: (0..<70).map { String(decoding: SampleTree.entry($0), as: UTF8.self) },
            roots: tree.heads.prefix(71).map(\.rootHash.base64))
        for size in 1...70 {
            for index in 0..<size {
                let hashes = try tree.inclusion(of: index, in: size).hashes.map(\.base64)
                input.inclusion.append(.init(size: size, index: index, hashes: hashes))
                let steps = try tree.consistency(from: index + 1, to: size).hashes.map(\.base64)
                input.consistency.append(.init(old: index + 1, new: size, hashes: steps))
            }
        }
        let indices: [Int64] = [0, 7, 999, 1000, 1_234_067, 1 << 40]
        let shapes: [(level: Int, width: Int)] = [(0, 256), (3, 112), (-1, 256), (-1, 1)]
        input.tiles = indices.flatMap { index in
            shapes.map { level, width in
                let content = level < 0 ? Tile.Content.entries : .hashes(level: level)
                let tile = Tile(content, index: index, width: width)
                return Input.TileAtPath(
                    level: level, index: index, width: width, path: tile.path)
            }
        }
        return input
    }

    private static func runGo(
        on input: Data
    ) throws -> (status: Int32, output: [UInt8], errors: String) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("tlog-go-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("input.json")
        try input.write(to: file)
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Go/verify.go")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: go)
        process.arguments = ["run", program.path, file.path]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "GO111MODULE": "off", "GOPATH": packages, "GOCACHE": folder.path + "/cache",
        ]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // What is printed fits into the pipes' buffers, so one can be read after the other.
        let printed = Array(output.fileHandleForReading.readDataToEndOfFile())
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, printed, String(decoding: said, as: UTF8.self))
    }
}
