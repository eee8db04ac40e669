internal import AidRecords

/// Writes the JSON of a row by the rule that it follows.
struct CSVRecordWriter {
    /// Where each column of the mapping stands in a row.
    private let positions: [Int]
    private var json: [UInt8] = []

    init(positions: [Int]) { self.positions = positions }

    mutating func json(_ cells: CSVCells, _ rules: [CSVRule]) -> [UInt8] {
        json.removeAll(keepingCapacity: true)
        guard let rule = rules.first(where: { applies($0, cells) }) else {
            preconditionFailure("the last rule of a mapping takes every row")
        }
        json.append(UInt8(ascii: "{"))
        _ = members(rule.record, cells)
        json.append(UInt8(ascii: "}"))
        return json
    }

    private func applies(_ rule: CSVRule, _ cells: CSVCells) -> Bool {
        rule.conditions.isEmpty
            || rule.conditions.contains { condition in
                let position = positions[condition.column]
                return switch condition.test {
                case .isOneOf(let words): words.contains(cells.text(position))
                case .isNegative: cells.withCell(position, DecimalCell.isNegative)
                }
            }
    }

    /// - Returns: whether any member has its value from a cell or a default.
    private mutating func members(_ members: [CSVMember], _ cells: CSVCells) -> Bool {
        var hasContent = false
        var isFirst = true
        for member in members {
            let start = json.count
            if !isFirst { json.append(UInt8(ascii: ",")) }
            json.append(contentsOf: member.key)
            switch value(member.value, cells) {
            case .absent: json.removeSubrange(start...)
            case .constant: isFirst = false
            case .present:
                isFirst = false
                hasContent = true
            }
        }
        return hasContent
    }

    private enum Presence { case absent, constant, present }

    private mutating func value(_ value: CSVMember.Value, _ cells: CSVCells) -> Presence {
        switch value {
        case .constant(let constant):
            json.append(contentsOf: constant)
            return .constant
        case .object(let members, let hasColumn):
            json.append(UInt8(ascii: "{"))
            let hasContent = self.members(members, cells)
            json.append(UInt8(ascii: "}"))
            if hasContent { return .present }
            // Constants alone do not make an object that the row says nothing about.
            return hasColumn ? .absent : .constant
        case .cell(let rule): return cell(rule, cells) ? .present : .absent
        }
    }

    /// - Returns: false where the cell is empty and nothing stands for it.
    private mutating func cell(_ rule: CSVCellRule, _ cells: CSVCells) -> Bool {
        let isWritten = cells.withCell(positions[rule.column]) { cell in
            guard !cell.isEmpty else { return false }
            guard let separator = rule.separator else {
                rule.conversion.append(cell, to: &json)
                return true
            }
            return list(cell, separator, rule.conversion)
        }
        guard !isWritten, let defaultValue = rule.defaultValue else { return isWritten }
        json.append(contentsOf: defaultValue)
        return true
    }

    /// Writes the items between separators; empty ones are left out.
    private mutating func list(
        _ cell: UnsafeBufferPointer<UInt8>, _ separator: [UInt8], _ conversion: CSVConversion
    ) -> Bool {
        let start = json.count
        json.append(UInt8(ascii: "["))
        for range in CellText.items(cell, separator) {
            if json.count > start + 1 { json.append(UInt8(ascii: ",")) }
            conversion.append(UnsafeBufferPointer(rebasing: cell[range]), to: &json)
        }
        let isEmpty = json.count == start + 1
        if isEmpty { json.removeSubrange(start...) } else { json.append(UInt8(ascii: "]")) }
        return !isEmpty
    }
}
