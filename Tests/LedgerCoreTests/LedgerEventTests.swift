import LedgerCore
import Testing
import TransparencyLog

@Suite struct LedgerEventTests {
    private func tally(_ change: (inout ChangeTally) -> Void) -> ChangeTally {
        var tally = ChangeTally()
        change(&tally)
        return tally
    }

    private func events(
        isWhole: Bool = true, countsMore: Bool = false, _ change: (inout ChangeTally) -> Void
    ) -> [LedgerEvent] {
        tally(change).events(isWhole: isWhole, countsMore: countsMore)
    }

    @Test func editThatWasHashedAnew() {
        let events = events {
            ($0.edited, $0.rehashed, $0.keptTime) = (1, 9, 10)
        }
        #expect(events == [.edited, .rehashed])
    }

    @Test func editOfTheLastEntryWasHashedAnewWhereTheCopyIsWhole() {
        #expect(events { ($0.edited, $0.keptTime) = (1, 1) } == [.edited, .rehashed])
        #expect(events(isWhole: false) { ($0.edited, $0.keptTime) = (1, 1) } == [.edited])
    }

    @Test func editWithTheRestUntouchedWasNotHashedAnew() {
        #expect(events { ($0.edited, $0.keptTime, $0.unchanged) = (1, 1, 9) } == [.edited])
    }

    @Test func severalAtOnceAreAllNamed() {
        let events = events {
            ($0.edited, $0.inserted, $0.deleted, $0.reordered) = (1, 2, 3, 4)
            ($0.recordedAt, $0.keptTime, $0.rehashed) = (5, 6, 11)
        }
        #expect(events == [.edited, .inserted, .deleted, .reordered, .recordedAt, .rehashed])
    }

    @Test func bothWithEntriesOfTheirOwnAreAFork() {
        #expect(events { ($0.onlyHere, $0.onlyThere) = (1, 3) } == [.forked])
    }

    /// Both imported the same file later, each in its own time.
    @Test func forkMayHaveRecordsInCommon() {
        let events = events {
            ($0.inserted, $0.deleted, $0.recordedAt, $0.rehashed) = (1, 2, 5, 5)
        }
        #expect(events == [.forked])
    }

    /// The same times of recording show that the later entries were copied.
    @Test func replacedEntryIsNoFork() {
        let events = events {
            ($0.inserted, $0.deleted, $0.keptTime, $0.rehashed) = (1, 1, 5, 5)
        }
        #expect(events == [.inserted, .deleted, .rehashed])
    }

    @Test func missingEndIsNamedByWhoCountsIt() {
        let change: (inout ChangeTally) -> Void = {
            ($0.edited, $0.onlyThere, $0.keptTime, $0.rehashed) = (1, 2, 5, 4)
        }
        #expect(events(change) == [.edited, .rolledBack, .rehashed])
        #expect(events(countsMore: true, change) == [.edited, .truncated, .rehashed])
    }

    @Test func copyThatGrewAfterAnEditIsNoFork() {
        let events = events {
            ($0.edited, $0.onlyHere, $0.keptTime, $0.rehashed) = (1, 2, 5, 4)
        }
        #expect(events == [.edited, .rehashed])
    }

    @Test func whatWasPutInHereIsMissingThere() {
        let mirrored = tally {
            ($0.inserted, $0.deleted, $0.onlyHere, $0.onlyThere) = (1, 2, 3, 4)
        }.mirrored
        #expect((mirrored.inserted, mirrored.deleted) == (2, 1))
        #expect((mirrored.onlyHere, mirrored.onlyThere) == (4, 3))
    }
}

@Suite struct CheckpointConclusionTests {
    private func verdict(
        _ name: String, _ size: Int64, _ standing: CheckpointVerdict.Standing,
        elsewhere: Bool = true, root: UInt8 = 0
    ) throws -> CheckpointVerdict {
        CheckpointVerdict(
            name: name, isKeptElsewhere: elsewhere,
            head: TreeHead(
                size: TreeSize(size),
                rootHash: try RootHash(bytes: [UInt8](repeating: root, count: 32))),
            standing: standing)
    }

    private func conclusion(
        _ verdicts: [CheckpointVerdict], isWhole: Bool = true, headSize: Int64 = 100
    ) -> CheckpointConclusion {
        CheckpointConclusion(verdicts, isWhole: isWhole, entries: 100, headSize: headSize)
    }

    @Test func oneKeptElsewhereWeighsMoreThanALargerStoredOne() throws {
        let conclusion = try conclusion([
            verdict("stored", 90, .holds, elsewhere: false), verdict("a", 50, .holds),
            verdict("b", 40, .holds),
        ])
        #expect(conclusion.trusted?.name == "a")
        #expect(conclusion.events.isEmpty)
    }

    @Test func storedOneCountsWhereThereIsNoOther() throws {
        #expect(
            try conclusion([verdict("stored", 90, .holds, elsewhere: false)]).trusted?.name
                == "stored")
    }

    @Test func firstChangeLiesBetweenTwoCheckpoints() throws {
        let conclusion = try conclusion([
            verdict("a", 40, .holds), verdict("b", 60, .differs), verdict("c", 80, .differs),
            verdict("stored", 100, .holds, elsewhere: false),
        ])
        #expect(conclusion.events == [.rehashed])
        #expect(conclusion.trusted?.name == "a")
        #expect(conclusion.smallestThatDiffers?.name == "b")
        #expect(conclusion.signedAnew?.name == "stored")
    }

    /// Whoever rewrote the ledger signed the new one.
    @Test func storedOneIsNotTrustedBeyondWhatDiffers() throws {
        let conclusion = try conclusion([
            verdict("a", 60, .differs), verdict("stored", 70, .holds, elsewhere: false),
        ])
        #expect(conclusion.trusted == nil)
    }

    @Test func missingEndIsNamedByWhoCountsIt() throws {
        let given = try verdict("a", 120, .beyond)
        #expect(conclusion([given]).events == [.rolledBack])
        #expect(conclusion([given], headSize: 120).events == [.truncated])
        #expect(conclusion([given], isWhole: false).events == [.truncated])
        #expect(
            try conclusion([given, verdict("stored", 110, .beyond, elsewhere: false)]).events
                == [.truncated])
    }

    @Test func twoRootsOfOneSizeAreAFork() throws {
        let conclusion = try conclusion([
            verdict("stored", 60, .holds, elsewhere: false, root: 1),
            verdict("a", 60, .differs, root: 2),
        ])
        #expect(conclusion.events == [.forked, .rehashed])
        #expect(conclusion.contradictions == [.init(size: 60, one: "stored", other: "a")])
    }

    /// One that others keep agrees, another does not: which of them the ledger should have
    /// followed cannot be said.
    @Test func givenOnesMayContradictEachOther() throws {
        let conclusion = try conclusion([
            verdict("a", 50, .holds), verdict("b", 60, .differs), verdict("c", 70, .holds),
        ])
        #expect(conclusion.events == [.forked])
        #expect(conclusion.trusted?.name == "a")
        #expect(conclusion.contradictions.isEmpty)
    }

    @Test func ledgerThatIsNotWholeIsNotCalledHashedAnew() throws {
        #expect(try conclusion([verdict("a", 60, .differs)], isWhole: false).events.isEmpty)
    }
}
