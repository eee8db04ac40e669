internal import AidRecords
package import GRDB
package import PolicyRules

/// One person's records, and under which pseudonyms they are.
package struct PersonRecords: Sendable {
    /// The pseudonym that was kept.
    package let person: Int64
    package let history: PersonHistory
}

/// Reads persons' histories from the read model, in order of their numbers and with no more than
/// one in memory.
package final class HistoryReader {
    private let cases: CaseRecords
    private let reversals: Reversals
    private let claims: PersonStream
    private let subsidies: PersonStream
    private let approvals: PersonStream
    private let certifications: PersonStream
    private let endings: PersonStream
    private let entitlements: PersonStream
    private let referrals: PersonStream
    private let registrations: PersonStream
    private let claimsOfApproval: RawStatement

    package init(_ database: Database, _ cases: CaseRecords) throws {
        self.cases = cases
        reversals = try Reversals(database)
        func stream(_ table: String, _ columns: [String]) throws -> PersonStream {
            try PersonStream(database, table: table, columns)
        }
        claims = try stream("claim_settled", BenefitRows.claimColumns)
        subsidies = try stream("enrolment_subsidised", BenefitRows.subsidyColumns)
        approvals = try stream("aid_approved", BenefitRows.approvalColumns)
        certifications = try stream("eligibility_certified", StandingRows.certificationColumns)
        endings = try stream("eligibility_ended", StandingRows.endingColumns)
        entitlements = try stream("entitlement_certified", StandingRows.entitlementColumns)
        referrals = try stream("referral_filed", StandingRows.referralColumns)
        registrations = try stream("person_registered", ["hukouArea"])
        claimsOfApproval = try RawStatement(
            database,
            """
            SELECT source, id FROM aid_approved__claims
            WHERE ledger = 1 AND seq = ? ORDER BY position
            """)
    }

    private var streams: [PersonStream] { benefits + standing }
    private var benefits: [PersonStream] { [claims, subsidies, approvals] }
    private var standing: [PersonStream] {
        [certifications, endings, entitlements, referrals, registrations]
    }

    /// Gives every person who has records that are judged and whose kept pseudonym is in the
    /// range.
    package func forEach(in persons: Range<Int64>, _ body: (PersonRecords) throws -> Void) throws {
        try begin(persons)
        while let person = benefits.compactMap(\.person).min() {
            let history = try take(person)
            if !cases.persons.isMerged(person) { try give(person, history, body) }
        }
        for root in cases.persons.roots(in: persons) { try give(root, try merged(root), body) }
    }

    /// The history of one person, by any of the pseudonyms.
    func history(of person: Int64) throws -> PersonHistory {
        try merged(cases.persons.root(of: person)).history(
            cases.resolutions[cases.persons.root(of: person)] ?? [])
    }

    private func merged(_ root: Int64) throws -> HistoryBuilder {
        var history = HistoryBuilder()
        // The pseudonym that was kept comes last: it says where the person is registered.
        let others = cases.persons.members(of: root).filter { $0 != root }
        for member in others + [root] {
            try begin(member..<(member + 1))
            history = try take(member, into: history)
        }
        return history
    }

    private func give(
        _ person: Int64, _ history: HistoryBuilder, _ body: (PersonRecords) throws -> Void
    ) throws {
        guard !history.records.isEmpty else { return }
        let resolutions = cases.resolutions[person] ?? []
        try body(PersonRecords(person: person, history: history.history(resolutions)))
    }

    private func begin(_ persons: Range<Int64>) throws {
        for stream in streams { try stream.begin(persons) }
    }

    /// Lets go of the state of the database that it reads.
    func end() {
        for stream in streams { stream.end() }
    }

    // MARK: One pseudonym

    private func take(
        _ person: Int64, into history: HistoryBuilder = HistoryBuilder()
    ) throws -> HistoryBuilder {
        var history = history
        try claims.take(person, reversals) {
            history.records.append(.claim(BenefitRows.claim($0, cases)))
        }
        try subsidies.take(person, reversals) {
            history.records.append(.subsidy(BenefitRows.subsidy($0, cases)))
        }
        try approvals.take(person, reversals) { row in
            let claims = try claimKeys(ofApproval: row.integer(1))
            history.records.append(.approval(BenefitRows.approval(row, cases, claims: claims)))
        }
        try takeStanding(person, into: &history)
        return history
    }

    private func takeStanding(_ person: Int64, into history: inout HistoryBuilder) throws {
        try certifications.take(person, reversals) {
            history.certifications.append(StandingRows.certification($0))
        }
        try endings.take(person, reversals) { history.endings.append(StandingRows.ending($0)) }
        try entitlements.take(person, reversals) {
            history.entitlements.append(StandingRows.entitlement($0))
        }
        try referrals.take(person, reversals) {
            history.referrals.append(StandingRows.referral($0))
        }
        try registrations.take(person, reversals) {
            history.hukouArea =
                $0.optionalText(PersonStream.columnsBefore) ?? history.hukouArea
        }
    }

    private func claimKeys(ofApproval seq: Int64) throws -> [RecordKey] {
        defer { claimsOfApproval.reset() }
        claimsOfApproval.bind(1, seq)
        var keys: [RecordKey] = []
        while try claimsOfApproval.step() { keys.append(claimsOfApproval.key(0)) }
        return keys
    }
}

/// A history as it is gathered.
private struct HistoryBuilder {
    var hukouArea: String?
    var certifications: [Certification] = []
    var endings: [StandingRows.Ending] = []
    var entitlements: [Entitlement] = []
    var referrals: [Referral] = []
    var records: [BenefitRecord] = []

    func history(_ resolutions: [ResolutionItem]) -> PersonHistory {
        PersonHistory(
            hukouArea: hukouArea,
            certifications: certifications.map { StandingRows.ended($0, by: endings) },
            entitlements: entitlements, referrals: referrals, resolutions: resolutions,
            records: records)
    }
}
