internal import AidRecords

/// Writes XML, indented by two spaces, everything in attributes. What a value is shown as, the
/// attribute `text`, is read in the order it is written in: it is `printable`.
struct XMLWriter {
    private var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    private var depth = 0
    /// Sets whose hashes are still to be put in, and where.
    private var places: [(offset: Int, set: RecordSet)] = []

    /// All that was written, in UTF-8. It waits for the hashes of sets.
    /// - Throws: what reading the leaf hashes threw.
    consuming func finish() throws -> [UInt8] {
        for (offset, set) in places {
            let hash = try set.hash().utf8
            precondition(hash.count == XMLWriter.room.utf8.count)
            bytes.replaceSubrange(offset..<(offset + hash.count), with: hash)
        }
        return bytes
    }

    mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
        line("<\(name)\(XMLWriter.written(attributes))>")
        depth += 1
    }

    /// Likewise, with the entries behind it.
    mutating func open(_ name: String, _ attributes: [(String, String)], _ set: RecordSet) {
        traced(name, attributes, set, ending: ">")
        depth += 1
    }

    mutating func close(_ name: String) {
        depth -= 1
        line("</\(name)>")
    }

    mutating func empty(_ name: String, _ attributes: [(String, String)] = []) {
        line("<\(name)\(XMLWriter.written(attributes))/>")
    }

    mutating func empty(_ name: String, _ attributes: [(String, String)], _ set: RecordSet) {
        traced(name, attributes, set, ending: "/>")
    }

    /// An element whose content is text, white space kept.
    mutating func element(_ name: String, text content: String) {
        line("<\(name)>\(XMLWriter.escaped(content))</\(name)>")
    }

    private mutating func line(_ content: String) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
        bytes.append(contentsOf: content.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func traced(
        _ name: String, _ attributes: [(String, String)], _ set: RecordSet, ending: String
    ) {
        let counts = [("entries", String(set.count)), ("entriesText", grouped(set.count))]
        let end = "\(XMLWriter.room)\"\(ending)"
        line("<\(name)\(XMLWriter.written(attributes + counts)) recordSet=\"\(end)")
        places.append((bytes.count - 1 - end.utf8.count, set))
    }

    /// As much as a hash takes in hex.
    private static let room = String(repeating: "0", count: 64)

    private static func written(_ attributes: [(String, String)]) -> String {
        attributes.map { name, value in
            " \(name)=\"\(escaped(name == "text" ? shown(value) : value))\""
        }.joined()
    }

    private static func shown(_ text: String) -> String {
        printable(text.utf8.contains { $0 == 0x09 || $0 == 0x0A } ? asRead(text) : text)
    }

    /// What a reader of an attribute finds in place of a text.
    static func asRead(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n": result += " "
            case _ where isForbidden(scalar): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Escapes what XML reads otherwise. Characters that XML 1.0 cannot hold become U+FFFD, and so do
    /// the noncharacters that stylesheets may keep files apart with (`CSVTables`).
    static func escaped(_ text: String) -> String {
        if !text.utf8.contains(where: mayNeedEscape) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case _ where isForbidden(scalar): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Of most texts no byte does. Noncharacters begin with 0xEF.
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "\""), 0xEF:
            true
        default: false
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0xFFFE, 0xFFFF, 0xFDD0...0xFDEF: true
        default: false
        }
    }
}
