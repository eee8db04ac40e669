/// A text without what would give orders to a terminal or pose as a line of its own: controls, marks
/// that turn the direction of writing, and separators of lines become U+FFFD.
package func printable(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains(
                    $0.properties.generalCategory) ? "\u{FFFD}" : $0
            }))
}

/// Columns on a terminal: East Asian wide characters take two.
package func terminalWidth(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
}
