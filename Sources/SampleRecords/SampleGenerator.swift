/// Synthetic input records, one JSON line after the other, in order of their business dates.
///
/// The same number of entries, seed and rulebooks give the same bytes on any machine. Nothing is
/// kept of what has been written but the running sums that later records depend on.
package struct SampleGenerator: ~Copyable {
    private var lines: SimulatedLines

    /// - Parameters:
    ///   - rulebooks: those whose digests `policy.adopted` shall name; one that is missing is
    ///     adopted under a digest of zeros, which no rulebook has.
    ///   - mistakes: how many wrong payments of every kind it shall hold, as far as there is
    ///     occasion.
    ///   - fraud: how many cases for every row of the catalogue of detectors shall stand among the
    ///     records, on top of their number, and as many that look alike and are sound.
    package init(
        entries: Int, seed: UInt64, rulebooks: [SampleRulebook] = [], mistakes: Int = 0,
        fraud: Int = 0
    ) {
        lines = SimulatedLines(
            Plan(entries: entries, seed: seed), form: .json, rulebooks: rulebooks,
            mistakes: mistakes, fraud: fraud)
    }

    package init(plan: Plan) {
        lines = SimulatedLines(plan, form: .json, rulebooks: [])
    }

    /// The wrong payments among the records given so far.
    package var planted: [PlantedMistake] { lines.planted }

    /// The planted cases, each with the records that make it up.
    package var cases: [PlantedRecord] { lines.cases }

    /// Appends the next record and its newline; false when there are no more.
    package mutating func next(into bytes: inout [UInt8]) -> Bool {
        lines.next(into: &bytes)
    }
}

/// Cuts the days of a simulation into lines.
struct SimulatedLines: ~Copyable {
    private var simulation: Simulation
    private var cursor = 0
    private var left: Int
    private let entries: Int

    init(
        _ plan: Plan, form: OutputForm, rulebooks: [SampleRulebook], mistakes: Int = 0,
        fraud: Int = 0
    ) {
        simulation = Simulation(
            plan: plan, form: form, rulebooks: rulebooks, mistakes: mistakes, fraud: fraud)
        entries = plan.entries
        left = plan.entries
    }

    package mutating func next(into bytes: inout [UInt8]) -> Bool {
        guard left > 0 || simulation.fraud.isActive else { return false }
        while cursor == simulation.line.bytes.count {
            guard !simulation.isFinished else { return false }
            simulation.line.bytes.removeAll(keepingCapacity: true)
            cursor = 0
            simulation.advance()
        }
        let end = endOfLine()
        bytes.append(contentsOf: simulation.line.bytes[cursor..<end])
        cursor = end
        left -= 1
        return true
    }

    var planted: [PlantedMistake] {
        simulation.mistakes.planted.filter { $0.position <= entries - left }
    }

    var cases: [PlantedRecord] { simulation.fraud.records }

    private func endOfLine() -> Int {
        var index = cursor
        while simulation.line.bytes[index] != UInt8(ascii: "\n") { index += 1 }
        return index + 1
    }
}
