/// Writes down the reckoning as it is made: always the clauses it rests on, the steps only when
/// somebody wants to read them.
struct Pen {
    private(set) var rules: [String] = []
    private(set) var trace: Trace?

    init(isTracing: Bool) { trace = isTracing ? Trace() : nil }

    mutating func cite(_ rule: String?) {
        guard let rule, !rule.isEmpty, !rules.contains(rule) else { return }
        rules.append(rule)
    }

    /// Adds a line, and cites its clause.
    ///
    /// - Parameter quote: the words of the clause, where they are others than the rule's own.
    mutating func write(
        _ step: @autoclosure () -> TraceStep, rule: String? = nil, quote: String? = nil
    ) {
        cite(rule)
        guard trace != nil else { return }
        var step = step()
        step.rule = rule?.isEmpty == true ? nil : rule
        step.quote = quote
        trace?.steps.append(step)
    }
}
