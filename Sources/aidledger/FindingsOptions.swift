internal import AidRecords
internal import ArgumentParser
internal import Findings
internal import Foundation
internal import LedgerSQLite

/// Which detectors run, and with which parameters.
struct DetectorChoice: ParsableArguments {
    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp(
            "Only this detector. May be given several times.", valueName: "ID"),
        completion: ids)
    var rules: [String] = []

    @Option(
        name: .customLong("detectors"),
        help: ArgumentHelp(
            "A folder of further detectors. May be given several times.", valueName: "DIR"),
        completion: .directory)
    var folders: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Another value of a detector's parameter, as C2.days=30.",
            valueName: "ID.NAME=VALUE"))
    var values: [String] = []

    /// Files are called by the ids of their detectors.
    static let ids = CompletionKind.custom { _, _, _ in
        let environment = ProcessInfo.processInfo.environment["AIDLEDGER_HOME"]
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        guard
            let home = try? Home.find(nil, environment: environment, program: program),
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: "\(home.path)/ledger/detectors")
        else { return [] }
        return names.filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) }
            .sorted(by: DetectorShelf.isBefore)
    }

    var isAll: Bool { rules.isEmpty }

    /// Those that can be run; what is wrong with the others is on the shelf.
    /// - Throws: `UsageError` where one is asked for that there is no file of.
    func detectors(_ shelf: DetectorShelf) throws -> [Detector] {
        for rule in rules where shelf[rule] == nil && shelf.failure(of: rule) == nil {
            throw shelf.absence(of: rule)
        }
        return shelf.detectors.filter { rules.isEmpty || rules.contains($0.id) }
    }

    func settings(_ shelf: DetectorShelf) throws -> [String: [String: Int64]] {
        var settings: [String: [String: Int64]] = [:]
        for value in values {
            let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
            let path = parts.first?.split(separator: ".").map(String.init) ?? []
            guard parts.count == 2, path.count == 2, let number = Int64(parts[1]) else {
                throw UsageError("--set needs ID.NAME=VALUE with a whole number, not \(value)")
            }
            guard number >= 0 else {
                throw UsageError("--set \(value): a parameter is not below zero")
            }
            guard let detector = shelf[path[0]] else { throw shelf.absence(of: path[0]) }
            guard detector.parameters.contains(where: { $0.name == path[1] }) else {
                let known = detector.parameters.map(\.name).joined(separator: ", ")
                throw UsageError(
                    "\(detector.id) has no parameter \(path[1])"
                        + (known.isEmpty ? "" : "; it has: \(known)"))
            }
            settings[detector.id, default: [:]][path[1]] = number
        }
        return settings
    }
}

extension DetectorShelf {
    /// Why there is no such detector: what is wrong with its file, where there is one.
    func absence(of id: String) -> any Error {
        if let failure = failure(of: id) { return failure }
        let known = detectors.map(\.id).joined(separator: ", ")
        return UsageError("there is no detector \(id); known are: \(known)")
    }
}

/// Which findings are told.
struct FindingFilterOptions: ParsableArguments {
    @Option(
        name: .customLong("grade"), help: "Only this grade: F, W or S. May be given several times.")
    var grades: [Detector.Grade] = []

    @Option(help: "Only this county, city or province (GB/T 2260).")
    var area: String?

    @Option(help: "Only findings about this institution, by its code.")
    var institution: String?

    @Option(help: "Only findings about this person (p:…).")
    var person: String?

    @Option(help: "Only those of this year, and those that have no day.")
    var year: Int?

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("Only those of this day or later.", valueName: "YYYY-MM-DD"))
    var firstDay: String?

    @Option(
        name: .customLong("to"),
        help: ArgumentHelp("Only those of this day or earlier.", valueName: "YYYY-MM-DD"))
    var lastDay: String?

    @Option(help: ArgumentHelp("Only those of this amount or more.", valueName: "fen"))
    var leastAmount: Int64?

    @Option(
        name: .customLong("state"),
        help: """
            Only these: open, in-case, answered, rectified, excused or dismissed. May be given \
            several times.
            """)
    var states: [FindingState] = []

    func validate() throws {
        if let area, area.utf8.count != 6 || !area.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw ValidationError("--area needs six digits (GB/T 2260), like 150500.")
        }
        if let year, !CivilDate.years.contains(Int64(year)) {
            throw ValidationError("--year must be from 1900 to 2999.")
        }
        if year != nil, firstDay != nil || lastDay != nil {
            throw ValidationError("--year goes without --from and --to.")
        }
        for day in [firstDay, lastDay].compactMap({ $0 }) where CivilDate(day) == nil {
            throw ValidationError("\(day) is not a day (YYYY-MM-DD).")
        }
        if let first = firstDay.flatMap({ CivilDate($0) }),
            let last = lastDay.flatMap({ CivilDate($0) }), last < first
        {
            throw ValidationError("--from \(first) is after --to \(last).")
        }
        if let person, !SubjectClass.person.isPseudonymText(person) {
            throw ValidationError("--person needs a pseudonym: p: and 32 hexadecimal digits.")
        }
    }

    /// Those whom alone the findings are to be about.
    var subjects: [TraceSubject] {
        [
            institution.map { TraceSubject(.institution, $0) },
            person.map { TraceSubject(.person, $0) },
        ]
        .compactMap(\.self)
    }

    func filter(_ persons: PersonNames) -> FindingFilter {
        var filter = FindingFilter()
        filter.grades = Set(grades)
        filter.states = Set(states)
        filter.area = area
        filter.institution = institution
        filter.person = person.map(persons.all) ?? []
        filter.from = year.flatMap { CivilDate(year: $0, month: 1, day: 1) }
        filter.to = year.flatMap { CivilDate(year: $0, month: 12, day: 31) }
        if let firstDay { filter.from = CivilDate(firstDay) }
        if let lastDay { filter.to = CivilDate(lastDay) }
        filter.leastAmount = leastAmount
        return filter
    }
}

extension SubjectClass {
    fileprivate func isPseudonymText(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isPseudonym($0) }
    }
}
