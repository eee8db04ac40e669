import Testing
import TransparencyLog

@Suite struct WitnessPolicyTests {
    let log: SigningKey
    /// Six witnesses, X1 to X3 and Y1 to Y3.
    let witnesses: [SigningKey]
    let checkpoint: Checkpoint

    init() throws {
        log = try SampleKeys.log()
        witnesses = try (1...6).map {
            try SampleKeys.witness("witness.example/\($0)", seed: UInt8(10 + $0))
        }
        checkpoint = try SampleKeys.checkpoint()
    }

    private func vkey(_ place: Int) -> String { witnesses[place].verifierKey.formatted }

    /// The example of C2SP tlog-policy.
    private var example: String {
        """
        # two of one house, and one of the other
        log \(log.verifierKey) https://aid.example.gov.cn/log

        witness X1 \(vkey(0))
        witness X2 \(vkey(1)) https://x2.example
          witness\tX3  \(vkey(2))
        group X-witnesses 2 X1 X2 X3
        witness Y1 \(vkey(3))
        witness Y2 \(vkey(4))
        witness Y3 \(vkey(5))
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """
    }

    @Test func nestedGroupsAreCounted() throws {
        let policy = try WitnessPolicy(parsing: Array(example.utf8))
        #expect(policy.logKeys == [log.verifierKey])
        #expect(policy.witnessKeys == witnesses.map(\.verifierKey))
        for subset in 0..<64 {
            let chosen = (0..<6).filter { subset >> $0 & 1 == 1 }
            let cosigners = Set(chosen.map { witnesses[$0].verifierKey })
            let expected =
                chosen.count { $0 < 3 } >= 2 && chosen.contains { $0 >= 3 }
            #expect(policy.quorum.isMet(by: cosigners) == expected)
        }
    }

    @Test func checkpointWithAQuorumOpens() throws {
        let policy = try WitnessPolicy(parsing: Array(example.utf8))
        let opened = try policy.open(try cosigned(by: [0, 2, 4]))
        #expect(opened.checkpoint == checkpoint)
        #expect(opened.cosignatures.count == 3)
    }

    @Test func checkpointWithoutAQuorumIsRefused() throws {
        let policy = try WitnessPolicy(parsing: Array(example.utf8))
        for places in [[], [0, 1], [0, 4], [3, 4, 5], [0, 0, 4]] {
            let note = try cosigned(by: places)
            #expect(throws: PolicyVerificationError.quorumNotMet) { try policy.open(note) }
        }
    }

    @Test func unknownLogIsRefused() throws {
        let text = "log \(try SampleKeys.log("other").verifierKey)\nquorum none\n"
        let policy = try WitnessPolicy(parsing: Array(text.utf8))
        let note = try cosigned(by: [])
        #expect(throws: PolicyVerificationError.unknownLog(log.name)) { try policy.open(note) }
    }

    @Test func anyKeyOfTheLogWillDo() throws {
        let newer = try SampleKeys.log(seed: 2)
        let text = "log \(log.verifierKey)\nlog \(newer.verifierKey)\nquorum none\n"
        let policy = try WitnessPolicy(parsing: Array(text.utf8))
        #expect(try policy.open(checkpoint.signed(by: newer)).checkpoint == checkpoint)
        #expect(try policy.open(checkpoint.signed(by: log)).checkpoint == checkpoint)
        let stranger = try checkpoint.signed(by: SampleKeys.log(seed: 3))
        #expect(throws: PolicyVerificationError.checkpoint(.notSignedByLog(log.name))) {
            try policy.open(stranger)
        }
    }

    @Test func namesAreOpaqueBytes() throws {
        let head = Array("witness \u{4b} \(vkey(0))\nwitness ".utf8)
        let kelvin = head + Array("\u{212a} \(vkey(1))\nwitness ".utf8)
        let text = kelvin + [0xff, 0xfe] + Array(" \(vkey(2))\nquorum \u{212a}\n".utf8)
        let policy = try WitnessPolicy(parsing: text)
        #expect(policy.quorum == .witness(witnesses[1].verifierKey))
    }

    @Test func malformedPolicyIsRefused() throws {
        let witness = "witness W \(vkey(0))\nwitness V \(vkey(1))\n"
        let cases: [(String, PolicyError)] = [
            ("", .noQuorum),
            ("# nothing\n\n", .noQuorum),
            ("quorum none", .noFinalNewline),
            ("quorum none\nquorum none\n", .secondQuorum(line: 2)),
            ("quorum W\n\(witness)", .undefinedName(line: 1)),
            ("quorum\n", .wrongItemCount(line: 1)),
            ("quorum none none\n", .wrongItemCount(line: 1)),
            ("quorum none\r\n", .badCharacter(line: 1)),
            ("\nquorum\u{7f}none\n", .badCharacter(line: 2)),
            ("quota none\n", .unknownKeyword(line: 1)),
            ("log\n", .wrongItemCount(line: 1)),
            ("log x\n", .badKey(.badForm, line: 1)),
            ("log \(vkey(0))\n", .badKey(.wrongType(.cosignature), line: 1)),
            ("log \(log.verifierKey)\nlog \(log.verifierKey)\n", .duplicateKey(line: 2)),
            ("witness W\n", .wrongItemCount(line: 1)),
            ("witness W \(log.verifierKey)\n", .badKey(.wrongType(.ed25519), line: 1)),
            ("witness none \(vkey(0))\n", .reservedName(line: 1)),
            ("\(witness)witness U \(vkey(0))\n", .duplicateKey(line: 3)),
            ("\(witness)witness W \(vkey(2))\n", .duplicateName(line: 3)),
            ("\(witness)group W any V\n", .duplicateName(line: 3)),
            ("\(witness)group none any V\n", .reservedName(line: 3)),
            ("\(witness)group G any\n", .wrongItemCount(line: 3)),
            ("\(witness)group G any U\n", .undefinedName(line: 3)),
            ("\(witness)group G any none\n", .undefinedName(line: 3)),
            ("\(witness)group G any G\n", .undefinedName(line: 3)),
            ("\(witness)group G any W W\n", .memberListedTwice(line: 3)),
            ("\(witness)group G any W\ngroup H any W\n", .memberListedTwice(line: 4)),
            ("\(witness)group G 0 W V\n", .badThreshold(line: 3)),
            ("\(witness)group G 3 W V\n", .badThreshold(line: 3)),
            ("\(witness)group G 01 W V\n", .badThreshold(line: 3)),
            ("\(witness)group G most W V\n", .badThreshold(line: 3)),
        ]
        for (text, error) in cases {
            #expect(throws: error) { try WitnessPolicy(parsing: Array(text.utf8)) }
        }
    }

    @Test func policyHasALimit() throws {
        let long = [UInt8](repeating: UInt8(ascii: "\n"), count: (1 << 20) + 1)
        #expect(throws: PolicyError.tooLong(byteCount: long.count)) {
            try WitnessPolicy(parsing: long)
        }
        var chain = "witness 0 \(vkey(0))\n"
        for number in 1...256 {
            chain += "group \(number) all \(number - 1)\n"
        }
        let tooMany = Array((chain + "quorum 256\n").utf8)
        #expect(throws: PolicyError.tooManyDefinitions) { try WitnessPolicy(parsing: tooMany) }
    }

    private func cosigned(by places: [Int]) throws -> SignedNote {
        let lines = try places.map { try witnesses[$0].cosign(checkpoint, timestampSeconds: 1) }
        return try checkpoint.signed(by: log).adding(lines)
    }
}
