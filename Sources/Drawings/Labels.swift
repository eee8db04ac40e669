internal import AidRecords

extension String {
    /// As much of a label as there is room for, in columns of a terminal: a Han character takes two.
    package func cut(toWidth most: Int) -> String {
        guard terminalWidth(of: self) > most else { return self }
        var (result, width) = ("", 0)
        for character in self {
            width += terminalWidth(of: String(character))
            if width >= most { break }
            result.append(character)
        }
        return result + "…"
    }
}
