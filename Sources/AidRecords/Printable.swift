/// A text without what would give orders to a terminal or pose as a line of its own: controls, marks
/// that turn the direction of writing, and separators of lines become U+FFFD.
package func printable(_ text: String) -> String {
    // Nearly every text is as it should be, and most are ASCII.
    if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
    if !text.unicodeScalars.contains(where: isUnprintable) { return text }
    return String(
        String.UnicodeScalarView(text.unicodeScalars.map { isUnprintable($0) ? "\u{FFFD}" : $0 }))
}

private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    // Ideographs are letters; to look up their category takes most of the time.
    if 0x4E00...0x9FFF ~= scalar.value { return false }
    return [.control, .format, .lineSeparator, .paragraphSeparator].contains(
        scalar.properties.generalCategory)
}

/// Columns on a terminal: East Asian wide characters take two.
package func terminalWidth(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
}
