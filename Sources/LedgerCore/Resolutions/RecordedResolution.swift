internal import AidRecords
package import Foundation

/// A resolution with its signatures, as it stands in an entry `resolution.adopted`.
package struct RecordedResolution: Hashable, Sendable {
    package let resolution: Resolution
    /// As they stand there, one for each of the departments; nil where one has not signed.
    package var signatures: [String?]

    package init(resolution: Resolution, signatures: [String?]) {
        precondition(signatures.count == resolution.departments.count, "one for each department")
        self.resolution = resolution
        self.signatures = signatures
    }

    /// Reads an entry's bytes, or gives nil where they are no entry of this kind.
    /// - Parameter origin: the ledger's.
    package init?(entry bytes: Data, origin: String) {
        guard let entry = try? JSONDecoder().decode(Entry.self, from: bytes),
            entry.kind == RecordedResolution.kind, let heldOn = CivilDate(entry.body.heldOn)
        else { return nil }
        let body = entry.body
        self.init(
            resolution: Resolution(
                origin: origin, area: entry.area, body: body.body, number: body.number,
                docNo: body.docNo, heldOn: heldOn,
                departments: body.departments.map(\.department),
                attachments: (entry.attachments ?? []).map(\.sha256),
                items: body.items.map { item in
                    Resolution.Item(
                        person: item.person, year: item.year, capFen: item.capFen,
                        approvedYearTotalFen: item.approvedYearTotalFen)
                }),
            signatures: body.departments.map(\.signature))
    }

    package static let kind = "resolution.adopted"

    private struct Entry: Decodable {
        let kind, area: String
        let attachments: [Attachment]?
        let body: Body
    }

    private struct Attachment: Decodable {
        let sha256: String
    }

    private struct Body: Decodable {
        let body, number, heldOn: String
        let docNo: String?
        let departments: [Department]
        let items: [Item]
    }

    private struct Department: Decodable {
        let department: String
        let signature: String?
    }

    private struct Item: Decodable {
        let person: String
        let year: Int
        let capFen, approvedYearTotalFen: Int64
    }
}
