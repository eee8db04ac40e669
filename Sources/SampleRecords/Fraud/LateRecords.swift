/// L1: what is recorded long after it happened, and attachments whose hash cannot be theirs.
///
/// When a record is recorded is the ledger's to say. A record stands in the sample where it is sent,
/// so that whoever imports each month's records at its end records a late one so many days late.
extension Simulation {
    mutating func plantLateRecords(_ number: Int) {
        // The ledger may have begun with the last half year: what is older was taken over.
        let last = Setting.anywhere.through(plan.years.upperBound...plan.years.upperBound)
        switch number % 4 {
        case 0: plantLate("91-days", 91, last)
        case 1:
            plant("L1", "one-hash-two-lengths", in: .anywhere) { simulation, planted, stage in
                let hash = simulation.randomDigest()
                simulation.attach(planted, stage, [(hash, 31_000), (hash, 45_120)])
            }
        case 2: plantLate("120-days", 120, last)
        default:
            let hash = number / 4 % 2 == 0 ? Attachment.zeros : Attachment.hashOfNothing
            plant("L1", "no-hash", in: .anywhere) { $0.attach($1, $2, [(hash, 27_500)]) }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("L1", "90-days", in: last, also: lateToo) { $0.settleLate($1, $2, 90) }
        case 1:
            plantLookAlike("L1", "one-scan-twice", in: .anywhere) { simulation, planted, stage in
                let hash = simulation.randomDigest()
                simulation.attach(planted, stage, [(hash, 31_000), (hash, 31_000)])
            }
        default:
            plantLookAlike("L1", "45-days", in: last, also: lateToo) { $0.settleLate($1, $2, 45) }
        }
    }

    /// A month's statement lacks what came after it.
    private var lateToo: [String] { plan.isMonthly ? ["L2"] : [] }

    private mutating func plantLate(_ shape: String, _ days: Int, _ setting: Setting) {
        plant("L1", shape, in: setting, grade: "W", also: lateToo) { $0.settleLate($1, $2, days) }
    }

    /// Sent on the last day of October or November, so many days after it was settled.
    private mutating func settleLate(_ planted: FraudCase, _ stage: Stage, _ days: Int) {
        let member = cast(stage)
        let sent = Day(stage.year, 11 + random.below(2), 1) - 1
        on(sent) { simulation in
            simulation.fraud.occurredOn = sent - days
            let claim = simulation.settle(member) { $0.stay = (sent - days - 6)...(sent - days) }
            simulation.fraud.occurredOn = nil
            simulation.fraud.note(planted, claim.reference)
        }
    }

    /// Claims of as many persons, each with a scan of such a hash and length.
    private mutating func attach(
        _ planted: FraudCase, _ stage: Stage, _ scans: [(hash: String, bytes: Int)]
    ) {
        for scan in scans {
            let member = cast(stage)
            on(day(in: stage)) { simulation in
                simulation.fraud.attachment = Attachment(sha256: scan.hash, bytes: scan.bytes)
                let claim = simulation.settle(member)
                simulation.fraud.attachment = nil
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }
}

/// A scan that belongs to a record.
struct Attachment {
    let sha256: String
    let bytes: Int

    static let zeros = String(repeating: "0", count: 64)
    /// SHA-256 of no bytes at all (FIPS 180-4).
    static let hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}
