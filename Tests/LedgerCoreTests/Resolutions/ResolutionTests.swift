import AidRecords
import Foundation
import LedgerCore
import Testing
import TransparencyLog

@Suite struct ResolutionTests {
    private let seed = [UInt8](0..<32)

    private func resolution(
        number: String = "纪要1号", docNo: String? = nil,
        departments: [String] = ["finance", "health"],
        heldOn: String = "2024-05-06"
    ) throws -> Resolution {
        Resolution(
            origin: "aid.example.gov.cn/150500", area: "150502", body: "协调机制", number: number,
            docNo: docNo, heldOn: try #require(CivilDate(heldOn)), departments: departments,
            attachments: [String(repeating: "ab", count: 32)],
            items: [
                .init(
                    person: "p:" + String(repeating: "0f", count: 16), year: 2024, capFen: 5,
                    approvedYearTotalFen: 9_007_199_254_740_991)
            ])
    }

    private func key(
        _ holder: String, seed: UInt8, from day: String = "2024-01-01", seq: Int64 = 1
    ) throws -> (signing: SigningKey, registered: RegisteredKey) {
        let signing = try SigningKey(
            name: KeyName("\(holder).example"), seed: Array(repeating: seed, count: 32))
        let registered = RegisteredKey(
            seq: seq, holder: holder, key: signing.verifierKey,
            validFrom: try #require(CivilDate(day)))
        return (signing, registered)
    }

    private func recorded(_ resolution: Resolution, _ lines: [String?]) -> RecordedResolution {
        RecordedResolution(resolution: resolution, signatures: lines)
    }

    // MARK: The text

    /// The page's example was made by another implementation.
    @Test func exampleOfThePage() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "ledger/FORMAT.md"), encoding: .utf8)
        let example = try #require(page.components(separatedBy: "**A resolution.**").last)
        let blocks = example.components(separatedBy: "```\n")
        let recorded = try #require(
            RecordedResolution(
                entry: Data(blocks[1].dropLast().utf8), origin: "aid.example.gov.cn/150500"))
        let note = try SignedNote(parsing: Array(blocks[3].utf8))
        #expect(try recorded.resolution.text() == note.text)
        #expect(recorded.signatures == [nil, String(note.signatures[0].line.dropLast())])

        let key = try SigningKey(name: KeyName("finance.example.gov.cn"), seed: seed)
        #expect(example.contains("`\(key.verifierKey)`"))
        #expect(try key.sign(note.text) == note.signatures[0])
        let registered = RegisteredKey(
            seq: 1, holder: "finance", key: key.verifierKey,
            validFrom: try #require(CivilDate("2024-05-06")))
        let checked = recorded.checked(with: [registered])
        #expect(checked.map(\.department) == ["finance"])
        #expect(try checked[0].outcome.get() == registered)
    }

    @Test func textIsReadBack() throws {
        for docNo in [nil, "文1号"] {
            let resolution = try resolution(docNo: docNo)
            let text = try resolution.text()
            #expect(text.string.contains(" 2024 0.05 90071992547409.91\n"))
            #expect(text.string.contains("文号 document: ") == (docNo != nil))
            #expect(try Resolution(parsing: text) == resolution)
        }
    }

    /// Whatever stands in a field, it stands in one line and is read back.
    @Test(arguments: [
        ("1\n部门 department: finance", "1\\u000a部门 department: finance"),
        ("a\\u000ab", "a\\u005cu000ab"), ("a\u{2028}b", "a\\u2028b"),
        ("\u{202E}21", "\\u202e21"), ("\u{85}\u{FEFF}", "\\u0085\\ufeff"), (" 1 ", " 1 "),
        ("e\u{301}", "e\u{301}"),
    ])
    func valuesBreakNoLine(_ value: String, _ written: String) throws {
        let resolution = try resolution(number: value)
        let text = try resolution.text()
        let line = try #require(
            text.string.split(separator: "\n").first { $0.hasPrefix("编号 number: ") })
        #expect(line.utf8.elementsEqual("编号 number: \(written)".utf8))
        #expect(try Resolution(parsing: text) == resolution)
    }

    @Test(arguments: [
        ("aidledger/1 resolution\n", "aidledger/1 rotation\n"), ("150502\n", "150502 \n\n"),
        ("地区 area", "地区 place"), ("held on: 2024-05-06", "held on: 2024-5-6"),
        (" 0.05 ", " 0.5 "), (" 0.05 ", " 00.05 "), (" 2024 ", " 02024 "), (" 0.05 ", "  0.05 "),
        ("事项 items: 人员", "事项 items: 人"), ("协调机制", "\\u534f调机制"), ("协调机制", "\\x"),
        ("部门 department: finance\n", ""), (".91\n", ".91\nmore\n"),
    ])
    func otherTextsAreRefused(_ part: String, _ other: String) throws {
        let text = try resolution().text().string
        let altered = try NoteText(text.replacing(part, with: other))
        if other.isEmpty {
            #expect(try Resolution(parsing: altered).departments == ["health"])
        } else {
            #expect(throws: Resolution.NotAResolution.self) { try Resolution(parsing: altered) }
        }
    }

    @Test func entriesOfOtherKindsAreNone() {
        let entry = #"{"kind":"case.noted","area":"150502","body":{"case":"1"}}"#
        #expect(RecordedResolution(entry: Data(entry.utf8), origin: "o") == nil)
    }

    // MARK: Signatures

    @Test func signaturesThatDoNotHold() throws {
        let resolution = try resolution()
        let (finance, own) = try key("finance", seed: 1)
        let (health, others) = try key("health", seed: 2)
        let (late, tooLate) = try key("finance", seed: 3, from: "2024-05-07")
        let text = try resolution.text()
        let keys = [own, others, tooLate]

        func fault(_ line: String) throws -> ResolutionSignatureFault? {
            let checked = recorded(resolution, [line, nil]).checked(with: keys)
            #expect(checked.count == 1)
            guard case .failure(let fault) = checked[0].outcome else { return nil }
            return fault
        }
        func line(_ signature: NoteSignature) -> String { String(signature.line.dropLast()) }

        let good = try finance.sign(text)
        #expect(try fault(line(good)) == nil)
        #expect(try fault("signed by hand") == .notALine)
        #expect(try fault(line(good) + "\n") == .notALine)
        let other = try health.sign(text)
        #expect(try fault(line(other)) == .ofAnother(other, holder: "health"))
        let early = try late.sign(text)
        #expect(
            try fault(line(early))
                == .notYetValid(early, from: tooLate.validFrom, heldOn: resolution.heldOn))
        let stranger = try SigningKey(name: KeyName("x"), seed: seed).sign(text)
        #expect(try fault(line(stranger)) == .notRegistered(stranger))
        let foreign = try finance.sign(self.resolution(number: "2").text())
        #expect(try fault(line(foreign)) == .doesNotHold(foreign))
        // A key that cosigns signs no resolutions.
        let cosigner = try SigningKey(
            name: KeyName("finance.example"), type: .cosignature,
            seed: Array(repeating: 1, count: 32))
        let forged = NoteSignature(
            name: cosigner.name, keyID: cosigner.verifierKey.id, signature: good.signature)
        let registered = RegisteredKey(
            seq: 1, holder: "finance", key: cosigner.verifierKey, validFrom: own.validFrom)
        #expect(throws: ResolutionSignatureFault.notRegistered(forged)) {
            try resolution.signer(of: forged, for: "finance", among: [registered])
        }
    }

    // MARK: Attaching

    @Test func signaturesAreAttachedOnce() throws {
        let resolution = try resolution(departments: ["health", "finance", "tax"])
        let (finance, first) = try key("finance", seed: 1)
        let (health, second) = try key("health", seed: 2)
        let text = try resolution.text()
        let lines = try [finance.sign(text), health.sign(text)]
        let note = try SignedNote(text: text, signatures: lines)
        let bare = lines.map { String($0.line.dropLast()) }
        let unsigned = recorded(resolution, [nil, nil, nil])
        let signed = try unsigned.attaching(note, [first, second])
        #expect(signed.signatures == [bare[1], bare[0], nil])
        #expect(try signed.attaching(note, [first, second]) == signed)
    }

    @Test func whatCannotBeAttached() throws {
        let resolution = try resolution()
        let unsigned = recorded(resolution, [nil, nil])
        let text = try resolution.text()
        let (finance, own) = try key("finance", seed: 1)
        let (second, ownToo) = try key("finance", seed: 4)
        let (tax, others) = try key("tax", seed: 2)
        let keys = [own, ownToo, others]

        func attach(_ signatures: [NoteSignature], text: NoteText? = nil) throws {
            let note = try SignedNote(
                text: text ?? resolution.text(), signatures: signatures)
            _ = try unsigned.attaching(note, keys)
        }
        let other = try self.resolution(number: "纪要2号").text()
        #expect(
            throws: AttachmentRefusal.otherText(
                line: 5, note: "编号 number: 纪要2号", record: "编号 number: 纪要1号")
        ) { try attach([finance.sign(other)], text: other) }
        let foreign = try tax.sign(text)
        #expect(throws: AttachmentRefusal.notListed(foreign, holder: "tax")) {
            try attach([foreign])
        }
        let stranger = try SigningKey(name: KeyName("x"), seed: seed).sign(text)
        #expect(throws: AttachmentRefusal.notRegistered(stranger)) {
            try attach([finance.sign(text), stranger])
        }
        let again = try second.sign(text)
        #expect(throws: AttachmentRefusal.signedTwice(again, holder: "finance")) {
            try attach([finance.sign(text), again])
        }
        let wrong = try finance.sign(other)
        #expect(
            throws: AttachmentRefusal.doesNotHold(holder: "finance", .doesNotHold(wrong))
        ) { try attach([wrong]) }
    }

    @Test func onlySignaturesOfTheRecordChange() throws {
        let record = Array(
            #"""
            {"body":{"departments":[{"department":"a/b"},{"department":"c"}],
            "n":9007199254740991},"id":"甲"}
            """#.utf8)
        let signed = try #require(ResolutionRecordText.adding([nil, "— x y"], to: record))
        let departments = #"[{"department":"a/b"},{"department":"c","signature":"— x y"}]"#
        #expect(
            String(decoding: signed, as: UTF8.self)
                == #"{"body":{"departments":\#(departments),"n":9007199254740991},"id":"甲"}"#
                + "\n")
        #expect(ResolutionRecordText.adding([nil], to: record) == nil)
        #expect(
            ResolutionRecordText.trimmed([0xEF, 0xBB, 0xBF, 0x7B, 0x7D, 0x0D, 0x0A])
                == [0x7B, 0x7D])
    }

    // MARK: The policy

    @Test func policySaysWhoHasToSign() throws {
        let resolution = try resolution(departments: ["finance", "health", "finance", "tax"])
        let keys = try [
            key("finance", seed: 1), key("finance", seed: 2), key("health", seed: 3),
            key("tax", seed: 4, from: "2024-05-07"), key("justice", seed: 5),
        ].map(\.registered)
        let policy = try ResolutionPolicy(resolution, keys: keys, quorum: 2)
        #expect(
            policy.text == """
                # 纪要1号, 2024-05-06: 2 of the departments have to sign
                witness finance/1 \(keys[0].key)
                witness finance/2 \(keys[1].key)
                group finance any finance/1 finance/2
                witness health \(keys[2].key)
                group departments 2 finance health
                quorum departments

                """)
        let read = try WitnessPolicy(parsing: Array(policy.text.utf8), memberType: .ed25519)
        #expect(!read.quorum.isMet(by: [keys[0].key, keys[1].key]))
        #expect(read.quorum.isMet(by: [keys[1].key, keys[2].key]))
        #expect(read.quorum.progress(of: [keys[0].key]) == "1 of 2 that are demanded")
        #expect(throws: PolicyError.badKey(.wrongType(.ed25519), line: 2)) {
            try WitnessPolicy(parsing: Array(policy.text.utf8))
        }
        #expect(throws: ResolutionPolicy.Unreachable.self) {
            try ResolutionPolicy(resolution, keys: keys, quorum: 3)
        }
        let free = try ResolutionPolicy(resolution, keys: [], quorum: nil)
        #expect(
            try WitnessPolicy(parsing: Array(free.text.utf8), memberType: .ed25519).quorum
                == WitnessPolicy.Quorum.none)
    }
}
