internal import AidRecords

extension FigureWording {
    /// A number with what it counts.
    package func counted(
        _ count: Int64, zh: String, _ one: String, _ several: String
    ) -> String {
        isChinese ? "\(grouped(count)) \(zh)" : "\(grouped(count)) \(count == 1 ? one : several)"
    }

    /// Entries by their numbers; of many the first.
    package func entries(_ seqs: [Int64]) -> String {
        let most = 12
        let numbers = seqs.prefix(most).map(String.init).joined(separator: " ")
        let name = isChinese ? "记录" : seqs.count == 1 ? "entry" : "entries"
        guard seqs.count > most else { return "\(name) \(numbers)" }
        return "\(name) \(numbers) "
            + (isChinese ? "等 \(grouped(seqs.count)) 条" : "and \(grouped(seqs.count - most)) more")
    }
}
