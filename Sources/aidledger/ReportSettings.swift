internal import Reporting

/// `--set NAME=VALUE`.
enum ReportSettings {
    /// - Throws: `UsageError` for what the report has no parameter for.
    static func read(_ values: [String], _ report: ReportDescription) throws -> [String: Int64] {
        var settings: [String: Int64] = [:]
        for value in values {
            let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let number = Int64(parts[1]), number >= 0 else {
                throw UsageError(
                    "--set needs NAME=VALUE with a whole number, not below zero, and not \(value)")
            }
            guard report.parameters.contains(where: { $0.id == parts[0] }) else {
                let known = report.parameters.map(\.id).joined(separator: ", ")
                throw UsageError(
                    "\(report.name) has no parameter \(parts[0])"
                        + (known.isEmpty ? "" : "; it has: \(known)"))
            }
            settings[parts[0]] = number
        }
        return settings
    }
}
