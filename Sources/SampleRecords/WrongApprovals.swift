/// Wrong approvals. The person's further bills of the year are left out.
extension Simulation {
    /// Makes a sound grant wrong where there is occasion.
    mutating func spoil(_ grant: inout Grant, _ aidCase: AidCase) -> Wrong? {
        guard isJudged(counties[aidCase.county].place.city, on: today) else { return nil }
        if let mistake = aidCase.mistake {
            // Nobody has to be granted anything above the cap.
            return Wrong(mistake: mistake, verdict: "in-breach", expected: 0, actual: grant.fen)
        }
        guard mistakes.isActive, let (mistake, fen) = wrongAmount(grant, aidCase),
            fen > grant.fen, mistakes.takes(mistake)
        else { return nil }
        let due = grant.fen
        grant.fen = fen
        return Wrong(mistake: mistake, verdict: "over", expected: due, actual: fen)
    }

    private func wrongAmount(_ grant: Grant, _ aidCase: AidCase) -> (Mistake, Int)? {
        let standards = standards(aidCase.county, in: aidCase.year)
        let amount: (Mistake, Int)
        switch aidCase.type {
        case "second":
            // The whole at the ratio of its last slice.
            let tier = Standards.secondAidTiers.last { $0.from < grant.base }
            amount = (.secondAidTier, share(grant.base, tier?.ratio ?? 0))
        case "tilt":
            let state = benefitYears[state(of: aidCase.claim.member)]
            let fen = standards.tiltCap - state.tilt + 100_00
            return fen <= aidCase.claim.amounts.cash ? (.tiltAboveCap, fen) : nil
        case "major-illness": amount = (.offsetNotDeducted, grant.gross)
        case "regular", "outpatient": amount = (.approvalTooHigh, grant.fen + 1)
        default: return nil
        }
        return amount.1 <= room(for: aidCase) ? amount : nil
    }

    // MARK: Above the cap

    /// What shall go wrong with an application for aid above the cap.
    mutating func chooseMistake(_ aidCase: inout AidCase) {
        guard mistakes.isActive, isJudged(counties[aidCase.county].place.city, on: today) else {
            return
        }
        let kinds: [Mistake] = [
            .noResolution, .resolutionTooLate, .resolutionOfOtherYear, .resolutionTooSmall,
        ]
        for mistake in kinds where mistakes.takes(mistake) {
            aidCase.mistake = mistake
            return
        }
    }

}
