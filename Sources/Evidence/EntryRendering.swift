package import AidRecords
internal import Foundation

/// Writes an entry for people: every member with its name in words, codes and money readable.
package struct EntryRendering {
    private let catalogue: KindCatalogue
    private let isChinese: Bool

    package init(catalogue: KindCatalogue, isChinese: Bool) {
        self.catalogue = catalogue
        self.isChinese = isChinese
    }

    private struct Line {
        let depth: Int
        let name: String
        let value: String
    }

    package func lines(of bytes: [UInt8]) -> [String] {
        guard let entry = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let name = entry["kind"] as? String
        else { return [String(decoding: bytes, as: UTF8.self)] }
        let kind = catalogue.kind(name)
        var lines = [
            Line(depth: 0, name: "\(entry["seq"] ?? "")", value: title(kind) + " (\(name))")
        ]
        for member in [
            "at", "area", "source", "id", "occurredOn", "occurredAt", "operator",
            "department", "corrects", "attachments", "prev",
        ] {
            guard let value = entry[member] else { continue }
            let field = catalogue.envelope.position(member).map { catalogue.envelope.fields[$0] }
            append(value, member, field, 1, &lines)
        }
        if let body = entry["body"] as? [String: Any] {
            append(body, kind?.recordedBody, 1, &lines)
        }
        let width = lines.map { terminalWidth(of: $0.name) + 2 * $0.depth }.max() ?? 0
        return lines.map { line in
            let indent = String(repeating: "  ", count: line.depth)
            let used = terminalWidth(of: line.name) + 2 * line.depth
            let gap = String(repeating: " ", count: max(width - used, 0) + 2)
            return line.value.isEmpty ? indent + line.name : indent + line.name + gap + line.value
        }
    }

    private func title(_ kind: Kind?) -> String { kind.map { words($0.title) } ?? "?" }

    private func words(_ words: Words) -> String { isChinese ? words.zh : words.en }

    private func append(
        _ object: [String: Any], _ shape: ObjectShape?, _ depth: Int, _ lines: inout [Line]
    ) {
        let declared = shape?.fields ?? []
        for field in declared {
            if let value = object[field.name] {
                append(value, field.name, field, depth, &lines)
            }
        }
        let names = Set(declared.map(\.name))
        for name in object.keys.sorted() where !names.contains(name) {
            append(object[name] ?? "", name, nil, depth, &lines)
        }
    }

    private func append(
        _ value: Any, _ name: String, _ field: Field?, _ depth: Int, _ lines: inout [Line]
    ) {
        let label = field.map { words($0.words) } ?? name
        if let object = value as? [String: Any] {
            if let source = object["source"], let id = object["id"], object.count == 2 {
                lines.append(
                    Line(depth: depth, name: label, value: printable("\(source) / \(id)")))
                return
            }
            lines.append(Line(depth: depth, name: label, value: ""))
            if case .object(let shape)? = field?.type {
                append(object, shape, depth + 1, &lines)
            } else {
                append(object, nil, depth + 1, &lines)
            }
        } else if let list = value as? [Any] {
            guard case .list(let item, _, _)? = field?.type else {
                lines.append(Line(depth: depth, name: label, value: "\(list)"))
                return
            }
            for (index, element) in list.enumerated() {
                append(element, item, "\(label) \(index + 1)", depth, &lines)
            }
        } else {
            lines.append(Line(depth: depth, name: label, value: printable(scalar(value, field))))
        }
    }

    private func append(
        _ element: Any, _ item: Field, _ label: String, _ depth: Int, _ lines: inout [Line]
    ) {
        if let object = element as? [String: Any], case .object(let shape) = item.type {
            lines.append(Line(depth: depth, name: label, value: ""))
            append(object, shape, depth + 1, &lines)
        } else if let object = element as? [String: Any] {
            let text = "\(object["source"] ?? "") / \(object["id"] ?? "")"
            lines.append(Line(depth: depth, name: label, value: text))
        } else {
            lines.append(Line(depth: depth, name: label, value: scalar(element, item)))
        }
    }

    private func scalar(_ value: Any, _ field: Field?) -> String {
        switch field?.type {
        case .fen?: return (value as? Int64).map { "\($0) (\(Fen($0)) 元)" } ?? "\(value)"
        case .basisPoints?:
            return (value as? Int64).map { BasisPoints($0).description } ?? "\(value)"
        case .flag?: return (value as? Bool) == true ? yes : no
        case .code(let list)?:
            let code = "\(value)"
            return list.words(code).map { "\(words($0)) (\(code))" } ?? code
        default:
            return field?.isSealed == true ? "\(sealed) \(value)" : "\(value)"
        }
    }

    private var yes: String { isChinese ? "是" : "yes" }
    private var no: String { isChinese ? "否" : "no" }
    private var sealed: String { isChinese ? "（已密封）" : "(sealed)" }
}
