package import LedgerCore

/// What the engine does with a detector's rows before they become findings: `step` of its head.
enum DetectorStepColumns {
    /// The columns that a step takes, apart from those that the head names.
    static func of(_ step: Detector.Step?) -> [String] {
        switch step {
        case .components: ["node", "link", "component"]
        case .benford: ["groupKey", "firstTwo", "count"]
        case nil: []
        }
    }
}

extension Detector {
    /// The rows after the detector's step, if it has one.
    /// - Throws: `DeclarationError` where the step cannot be done with these columns.
    package func stepped(
        _ rows: DetectorRows, parameters: [String: Int64]
    ) throws -> DetectorRows {
        switch step {
        case nil: return rows
        case .components, .benford:
            throw fail(nil, nil, "this program does not know the step \(step?.rawValue ?? "")")
        }
    }
}
