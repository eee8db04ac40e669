/// Synthetic input records, one JSON line after the other, in order of their business dates.
///
/// The same number of entries, seed and rulebooks give the same bytes on any machine. Nothing is
/// kept of what has been written but the running sums that later records depend on.
package struct SampleGenerator: ~Copyable {
    private var lines: SimulatedLines

    /// - Parameter rulebooks: those whose digests `policy.adopted` shall name; one that is
    ///   missing is adopted under a digest of zeros, which no rulebook has.
    package init(entries: Int, seed: UInt64, rulebooks: [SampleRulebook] = []) {
        lines = SimulatedLines(
            Plan(entries: entries, seed: seed), form: .json, rulebooks: rulebooks)
    }

    package init(plan: Plan) {
        lines = SimulatedLines(plan, form: .json, rulebooks: [])
    }

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

    init(_ plan: Plan, form: OutputForm, rulebooks: [SampleRulebook]) {
        simulation = Simulation(plan: plan, form: form, rulebooks: rulebooks)
        left = plan.entries
    }

    package mutating func next(into bytes: inout [UInt8]) -> Bool {
        guard left > 0 else { return false }
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

    private func endOfLine() -> Int {
        var index = cursor
        while simulation.line.bytes[index] != UInt8(ascii: "\n") { index += 1 }
        return index + 1
    }
}
