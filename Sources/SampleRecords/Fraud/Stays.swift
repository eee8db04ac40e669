/// C1, C2, C3 and C8: stays and visits that one person cannot well have had.
extension Simulation {
    /// A visit of a person, by days from the first.
    private struct Stop {
        let from: Int
        let to: Int
        var bill = Bill()
        /// Whether it belongs to what is wrong.
        var counts = true
    }

    private mutating func visit(
        _ planted: FraudCase, _ stage: Stage, _ stops: [Stop], months: ClosedRange<Int> = 3...8
    ) {
        let member = cast(stage)
        let first = day(in: stage, from: months.lowerBound, to: months.upperBound)
        for stop in stops {
            on(first + stop.to) { simulation in
                var bill = stop.bill
                bill.nights = stop.to - stop.from
                let claim = simulation.settle(member, bill)
                if stop.counts { simulation.fraud.note(planted, claim.reference) }
            }
        }
    }

    // MARK: Two beds

    mutating func plantOverlaps(_ number: Int) {
        let city = Institution.Slot.cityHospital
        let overlap: (String, Int, Int) = [
            ("one-night", 7, 12), ("inside", 2, 6), ("long", 3, 14),
        ][number % 3]
        plant("C1", overlap.0, in: .anywhere) {
            $0.visit(
                $1, $2,
                [
                    Stop(from: 0, to: 8),
                    Stop(
                        from: overlap.1, to: overlap.2, bill: Bill(slot: city, diagnosis: "I25.1")),
                ])
        }
        switch number % 2 {
        case 0:
            plantLookAlike("C1", "transfer", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 8),
                        Stop(from: 8, to: 15, bill: Bill(slot: city, diagnosis: "I25.1")),
                    ])
            }
        default:
            plantLookAlike("C1", "transfer-there-and-back", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 4),
                        Stop(from: 4, to: 11, bill: Bill(slot: city, diagnosis: "I25.1")),
                        Stop(
                            from: 11, to: 14,
                            bill: Bill(slot: Institution.Slot.clinic, diagnosis: "I50.9")),
                    ])
            }
        }
    }

    // MARK: One stay in two

    mutating func plantSplitStays(_ number: Int) {
        let gap = [1, 15, 7, 14, 3][number % 5]
        plant("C2", "after-" + String(gap), in: .anywhere, grade: "S") {
            $0.visit(
                $1, $2,
                [
                    Stop(from: 0, to: 6, bill: Bill(diagnosis: "J44.1")),
                    Stop(from: 6 + gap, to: 11 + gap, bill: Bill(diagnosis: "J44.0")),
                ])
        }
        switch number % 6 {
        case 0:
            plantLookAlike("C2", "after-16", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 6, bill: Bill(diagnosis: "J44.1")),
                        Stop(from: 22, to: 27, bill: Bill(diagnosis: "J44.1")),
                    ])
            }
        case 1:
            plantLookAlike("C2", "other-disease", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 6, bill: Bill(diagnosis: "J44.1")),
                        Stop(from: 12, to: 17, bill: Bill(diagnosis: "S72.0")),
                    ])
            }
        case 2:
            plantLookAlike("C2", "other-hospital", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 6, bill: Bill(diagnosis: "J44.1")),
                        Stop(
                            from: 10, to: 15,
                            bill: Bill(slot: Institution.Slot.cityHospital, diagnosis: "J44.1")),
                    ])
            }
        case 3:
            plantLookAlike("C2", "chemotherapy", in: .anywhere) { $0.treatInCourses($1, $2, 14) }
        case 4:
            plantLookAlike("C2", "chemotherapy", in: .anywhere) { $0.treatInCourses($1, $2, 21) }
        default:
            plantLookAlike("C2", "transfer-and-back", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 4, bill: Bill(diagnosis: "I63.9")),
                        Stop(
                            from: 4, to: 12,
                            bill: Bill(slot: Institution.Slot.cityHospital, diagnosis: "I63.9")),
                        Stop(from: 12, to: 18, bill: Bill(diagnosis: "I63.9")),
                    ])
            }
        }
    }

    /// A few nights every so many days for a cancer.
    private mutating func treatInCourses(
        _ planted: FraudCase, _ stage: Stage, _ days: Int
    ) {
        let bill = Bill(slot: Institution.Slot.cityHospital, diagnosis: "C50.9")
        let stops = (0..<6).map { Stop(from: $0 * days, to: $0 * days + 3, bill: bill) }
        visit(planted, stage, stops, months: 2...5)
    }

    // MARK: Empty bed

    mutating func plantEmptyBeds(_ number: Int) {
        let day = [1, 5, 9][number % 3]
        plant("C3", "day-" + String(day), in: .anywhere, grade: "S") {
            $0.visit(
                $1, $2,
                [Stop(from: day, to: day, bill: .outpatient()), Stop(from: 0, to: 10)])
        }
        let same = Bill.outpatient(at: Institution.Slot.countyHospital)
        let innocent: (String, Int, Bill) = [
            ("day-of-admission", 0, .outpatient()), ("day-of-discharge", 10, .outpatient()),
            ("same-hospital", 4, same),
        ][number % 3]
        plantLookAlike("C3", innocent.0, in: .anywhere) {
            $0.visit(
                $1, $2,
                [Stop(from: innocent.1, to: innocent.1, bill: innocent.2), Stop(from: 0, to: 10)])
        }
    }

    // MARK: Too many

    mutating func plantVelocity(_ number: Int) {
        switch number % 3 {
        case 0:
            plant("C8", "four-a-day", in: .anywhere, grade: "S") {
                $0.visitOften($1, $2, 4, everyDays: 0)
            }
        case 1:
            plant("C8", "twenty-a-month", in: .anywhere, grade: "S") {
                $0.visitOften($1, $2, 21, everyDays: 1)
            }
        default:
            plant("C8", "two-counties", in: .tongliao, grade: "S") { $0.visitTwoCounties($1, $2) }
        }
        switch number % 3 {
        case 0:
            plantLookAlike("C8", "three-a-day", in: .anywhere) {
                $0.visitOften($1, $2, 3, everyDays: 0)
            }
        case 1:
            plantLookAlike("C8", "thirteen-a-month", in: .anywhere) {
                $0.visitOften($1, $2, 13, everyDays: 2)
            }
        default:
            let city = Institution.Slot.cityHospital
            plantLookAlike("C8", "transfer", in: .anywhere) {
                $0.visit(
                    $1, $2,
                    [
                        Stop(from: 0, to: 5),
                        Stop(from: 5, to: 9, bill: Bill(slot: city, diagnosis: "I25.1")),
                    ])
            }
        }
    }

    private mutating func visitOften(
        _ planted: FraudCase, _ stage: Stage, _ times: Int, everyDays days: Int
    ) {
        let member = cast(stage)
        let first = Day(stage.year, 4 + random.below(5), 2)
        let start = 12_000 + random.below(3_000)
        for time in 0..<times {
            on(first + time * days) { simulation in
                let claim = simulation.settle(member, .outpatient(start + time * 311))
                simulation.fraud.note(planted, claim.reference)
            }
        }
    }

    private mutating func visitTwoCounties(_ planted: FraudCase, _ stage: Stage) {
        let county = counties[stage.county]
        let other = [Institution.Slot.cityHospital, Institution.Slot.elsewhere].first {
            county.institutions[$0].area != county.place.code
        }
        guard let other else { return }
        visit(
            planted, stage,
            [
                Stop(from: 0, to: 0, bill: .outpatient()),
                Stop(from: 0, to: 0, bill: .outpatient(at: other)),
            ])
    }
}
