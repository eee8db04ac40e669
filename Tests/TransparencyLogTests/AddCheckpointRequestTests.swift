import Testing
import TransparencyLog

@Suite struct AddCheckpointRequestTests {
    let tree = SampleTree.of256Leaves

    private func request(from old: Int) throws -> AddCheckpointRequest {
        let proof =
            old == 0 ? ConsistencyProof(hashes: []) : try tree.consistency(from: old, to: 5)
        return AddCheckpointRequest(
            oldSize: TreeSize(Int64(old)), consistency: proof,
            note: try SampleKeys.checkpoint(size: 5).signed(by: SampleKeys.log()))
    }

    @Test func requestIsWrittenAsSpecified() throws {
        let request = try request(from: 3)
        let hashes = request.consistency.hashes.map(\.base64).joined(separator: "\n")
        let note = String(decoding: request.note.formatted, as: UTF8.self)
        let text = String(decoding: request.formatted, as: UTF8.self)
        #expect(text == "old 3\n\(hashes)\n\n\(note)")
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5])
    func everyRequestRoundTrips(old: Int) throws {
        let request = try request(from: old)
        let again = try AddCheckpointRequest(parsing: request.formatted)
        #expect(again == request)
        guard old > 0 else { return }
        try again.consistency.verify(from: tree.heads[old], to: tree.heads[5])
    }

    @Test(arguments: [
        ("old 03\n", ProofTextError.badOldSize),
        ("old\n", .badOldSize),
        ("\n", .badOldSize),
        ("size 3\n", .badOldSize),
        ("old 3", .badOldSize),
        ("old 3\nAAAA\n", .badHash(number: 1)),
        ("old 3\n", .noCheckpoint),
        ("old 3\n\nlog\n5\n", .note(.noSignatures)),
    ])
    func malformedRequestIsRefused(text: String, error: ProofTextError) {
        #expect(throws: error) { try AddCheckpointRequest(parsing: Array(text.utf8)) }
    }
}
