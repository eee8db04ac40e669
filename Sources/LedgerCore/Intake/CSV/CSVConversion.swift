internal import AidRecords

/// How a cell becomes the value of a member.
enum CSVConversion: Sendable {
    case text
    /// Yuan with at most two decimals, as fen.
    case yuan(absolute: Bool)
    case whole(absolute: Bool)
    /// Per cent with at most two decimals, as basis points.
    case percent(absolute: Bool)
    case day([DateForm])
    case yearOfDay([DateForm])
    /// A date and time of day, with the offset that is added: `+08:00`.
    case time(offset: String)
    /// JSON by the word in the cell; codes and flags.
    case words([String: [UInt8]])
    /// The JSON of the source, in quotes.
    case reference(source: [UInt8])

    /// Appends the JSON of a cell; of one that cannot be converted, the string that it is, so
    /// that the validator refuses it by name.
    func append(_ cell: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]) {
        if !appendConverted(cell, to: &json) { JSONText.append(cell, to: &json) }
    }

    private func appendConverted(
        _ cell: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]
    ) -> Bool {
        switch self {
        case .text: return false
        case .yuan(let absolute):
            let fen = DecimalCell.scaled(cell, decimals: 2, isMoney: true)
            return append(fen, absolute, to: &json)
        case .whole(let absolute):
            return append(DecimalCell.scaled(cell, decimals: 0), absolute, to: &json)
        case .percent(let absolute):
            let basisPoints = DecimalCell.scaled(cell, decimals: 2, isPercent: true)
            return append(basisPoints, absolute, to: &json)
        case .day(let forms):
            guard let day = DateCell.day(cell, forms) else { return false }
            CanonicalJSON.append(day.description, to: &json)
        case .yearOfDay(let forms):
            guard let day = DateCell.day(cell, forms) else { return false }
            CanonicalJSON.append(Int64(day.components.year), to: &json)
        case .time(let offset):
            guard let time = DateCell.dateTime(cell) else { return false }
            CanonicalJSON.append(time + offset, to: &json)
        case .words(let words):
            guard let word = words[String(decoding: cell, as: UTF8.self)] else { return false }
            json.append(contentsOf: word)
        case .reference(let source):
            json.append(contentsOf: #"{"source":"#.utf8)
            json.append(contentsOf: source)
            json.append(contentsOf: #","id":"#.utf8)
            JSONText.append(cell, to: &json)
            json.append(UInt8(ascii: "}"))
        }
        return true
    }

    private func append(_ value: Int64?, _ absolute: Bool, to json: inout [UInt8]) -> Bool {
        guard let value else { return false }
        CanonicalJSON.append(absolute ? abs(value) : value, to: &json)
        return true
    }
}

/// Strings in JSON.
enum JSONText {
    /// Appends a string with its quotes; most cells need no escape and are copied at once.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]) {
        let needsEscape = text.contains {
            $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
        }
        if needsEscape { return CanonicalJSON.append(text, to: &json) }
        json.append(UInt8(ascii: "\""))
        json.append(contentsOf: text)
        json.append(UInt8(ascii: "\""))
    }
}
