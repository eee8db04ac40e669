/// What reads foreign bytes, with what must hold of all that it accepts.
///
/// `scripts/fuzz` looks for bytes of which it does not hold; those that were found are kept in
/// `Fuzz/Inputs`, and the unit tests go through them.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case json, canonical, records, entries, csv, encodings, mappings, kinds, transparency, evidence
    case timestamps

    /// Hands over bytes, which may be anything.
    ///
    /// - Throws: `Violation` where something is accepted of which not all holds that must.
    package var check: @Sendable (UnsafeBufferPointer<UInt8>) throws -> Void {
        switch self {
        case .json: JSONTarget.check
        case .canonical: CanonicalTarget.check
        case .records: RecordTarget.check
        case .csv: CSVTarget.check
        case .encodings: EncodingTarget.check
        case .entries: { _ = try EntryTarget.check($0) }
        case .mappings: { _ = try MappingTarget.check($0) }
        case .kinds: { _ = try KindTarget.check($0) }
        case .transparency: TransparencyTarget.check
        case .evidence: EvidenceTarget.check
        case .timestamps: { _ = try TimeStampTarget.check($0) }
        }
    }

    /// The same, and gives whether the bytes were accepted; nil where the target does not tell.
    package var accepts: (@Sendable (UnsafeBufferPointer<UInt8>) throws -> Bool)? {
        switch self {
        case .entries: EntryTarget.check
        case .mappings: MappingTarget.check
        case .kinds: KindTarget.check
        case .timestamps: TimeStampTarget.check
        default: nil
        }
    }
}

/// Something that must hold and does not.
package struct Violation: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

func require(
    _ condition: Bool, _ otherwise: @autoclosure () -> String
) throws(Violation) {
    if !condition { throw Violation(otherwise()) }
}

/// Unwraps what must be there.
func require<Value>(
    _ value: Value?, _ otherwise: @autoclosure () -> String
) throws(Violation) -> Value {
    guard let value else { throw Violation(otherwise()) }
    return value
}

extension [UInt8] {
    /// The bytes as far as they can be shown.
    var shown: String { String(decoding: prefix(400), as: UTF8.self).debugDescription }
}
