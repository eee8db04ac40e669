internal import AidRecords
internal import Reporting

extension ContentComparison {
    /// The first of many differences, and how many more there are.
    static func told(_ differences: [String]) -> [String] {
        let most = 20
        guard differences.count > most else { return differences }
        return differences.prefix(most) + ["… and \(grouped(differences.count - most)) more"]
    }
}
