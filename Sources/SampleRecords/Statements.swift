/// What each source has sent, per kind and site, since the period began.
struct Statements {
    struct Total {
        var count = 0
        var fen = 0
        var firstSerial = 0
        var lastSerial = 0
    }

    private var totals: [Total]
    private let sites: Int

    /// The kinds whose totals the sources state, each with what its amount is.
    static let kinds: [RecordKind] = [
        .claimSettled, .enrolmentSubsidised, .premiumCollected, .aidApproved, .aidPaid,
        .clearingPaid, .fundReceived,
    ]

    init(sites: Int) {
        self.sites = sites
        totals = Array(repeating: Total(), count: RecordKind.allCases.count * sites)
    }

    mutating func count(_ kind: RecordKind, at site: Int, serial: Int, fen: Int) {
        let index = kind.rawValue * sites + site
        if totals[index].count == 0 { totals[index].firstSerial = serial }
        totals[index].count += 1
        totals[index].fen += fen
        totals[index].lastSerial = serial
    }

    /// The total of the period that ends now; the next one begins.
    mutating func take(_ kind: RecordKind, at site: Int) -> Total {
        let index = kind.rawValue * sites + site
        defer { totals[index] = Total() }
        return totals[index]
    }
}
