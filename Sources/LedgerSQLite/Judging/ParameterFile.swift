package import AidRecords
internal import Foundation
internal import LedgerCore
package import PolicyRules

/// Reads parameters from JSON Lines, as `import` takes them (`parameter.set`).
package enum ParameterFile {
    /// Which line cannot be read, and why.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Throws: `Failure`, `StoreError`.
    package static func read(_ path: String, catalogue: KindCatalogue) throws -> [Parameter] {
        let lines = try FileSystem.readBytes(path).split(separator: UInt8(ascii: "\n"))
        return try lines.enumerated().map { number, line in
            func fail(_ reason: String) -> Failure {
                Failure(description: "\(path):\(number + 1): \(reason)")
            }
            var reader = RecordReader(catalogue: catalogue)
            let outcome = Array(line).withUnsafeBufferPointer {
                reader.read($0, today: Surroundings.system.today)
            }
            if case .refused(let issues) = outcome {
                throw fail(issues.map(\.description).joined(separator: "; "))
            }
            guard let record = try? JSONDecoder().decode(Record.self, from: Data(line)),
                record.kind == "parameter.set", let value = record.body.value,
                let occurredOn = CivilDate(record.occurredOn)
            else { throw fail("it is no parameter.set") }
            return record.parameter(value, occurredOn)
        }
    }

    private struct Record: Decodable {
        let kind, source, id, area, occurredOn: String
        let body: Body

        func parameter(_ value: Parameter.Value, _ occurredOn: CivilDate) -> Parameter {
            Parameter(
                key: RecordKey(source: source, id: id), area: area, occurredOn: occurredOn,
                name: body.name, value: value, year: body.year, category: body.category,
                scheme: body.scheme, visitType: body.visitType,
                institutionLevel: body.institutionLevel, fund: body.fund,
                validFrom: body.validFrom.flatMap { CivilDate($0) },
                validTo: body.validTo.flatMap { CivilDate($0) })
        }
    }

    private struct Body: Decodable {
        let name: String
        let year, institutionLevel: Int?
        let category, scheme, visitType, fund, validFrom, validTo, valueDate: String?
        let valueFen, valueCount, basisPoints: Int64?
        let valueCode: Codes?
        let tiers: [Tier]?

        /// Exactly one of them is stated.
        var value: Parameter.Value? {
            if let valueFen { return .fen(valueFen) }
            if let valueCount { return .count(valueCount) }
            if let basisPoints { return .basisPoints(basisPoints) }
            if let valueDate { return CivilDate(valueDate).map { .date($0) } }
            if let valueCode { return .codes(valueCode.codes) }
            return tiers.map {
                .tiers(
                    $0.map { .init(from: $0.fromFen, to: $0.toFen, basisPoints: $0.basisPoints) })
            }
        }
    }

    private struct Tier: Decodable {
        let fromFen, basisPoints: Int64
        let toFen: Int64?
    }

    /// One code, or a list of them.
    private struct Codes: Decodable {
        let codes: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let code = try? container.decode(String.self) {
                codes = [code]
            } else {
                codes = try container.decode([String].self)
            }
        }
    }
}
