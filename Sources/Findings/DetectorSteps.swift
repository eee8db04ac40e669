internal import AidRecords

extension Detector.Step {
    /// The columns that it takes or adds; those that the head does not name are no figures.
    var columns: [String] {
        switch self {
        case .components: ComponentsStep.takes + ComponentsStep.adds
        case .benford: BenfordStep.takes + BenfordStep.adds
        }
    }
}

extension Detector {
    /// The rows after what the engine does with them before they become findings.
    /// - Throws: `DeclarationError` where the step cannot be done with these rows.
    package func stepped(
        _ rows: DetectorRows, parameters: [String: Int64]
    ) throws -> DetectorRows {
        do {
            switch step {
            case nil: return rows
            case .components: return try ComponentsStep.run(rows, parameters)
            case .benford: return try BenfordStep.run(rows, parameters)
            }
        } catch {
            throw fail(line: queryLine, error.description)
        }
    }
}
