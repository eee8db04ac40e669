package import AidRecords
internal import Crypto
package import TransparencyLog

/// What a time-stamping authority answers, RFC 3161, 2.4.2: read, and not verified.
///
/// The time that it states is hearsay until ``TimeStampVerifier`` has found the token good.
package struct TimeStampResponse: Hashable, Sendable {
    /// The longest that an entry has room for: 40,000 characters of base64.
    package static let byteCountMax = 30_000

    /// As the authority sent it.
    package let bytes: [UInt8]
    /// The SHA-256 that was stamped (`messageImprint`).
    package let digest: [UInt8]
    /// When, by the authority's clock (`genTime`), parts of a second left out.
    package let time: Moment

    /// Why bytes are no response that can be used.
    package enum Fault: Error, Hashable, Sendable {
        case notAResponse
        /// PKIStatus, and what the authority says of it.
        case notGranted(status: Int, text: String)
        case notSHA256
        case tooLong
    }

    package init(parsing bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.byteCountMax else { throw .tooLong }
        self.bytes = bytes
        let stamp: Stamp
        do { stamp = try Stamp(response: bytes) } catch let fault as Fault {
            throw fault
        } catch {
            throw .notAResponse
        }
        guard let digest = stamp.sha256 else { throw .notSHA256 }
        (self.digest, time) = (digest, stamp.time)
    }

    /// What is stamped of a checkpoint: the SHA-256 of its note's bytes.
    package static func digest(of note: SignedNote) -> [UInt8] {
        Array(SHA256.hash(data: note.formatted))
    }

    package func stamps(_ note: SignedNote) -> Bool { digest == Self.digest(of: note) }
}

extension TimeStampResponse.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAResponse: "it is no response of a time-stamping authority (RFC 3161)"
        case .notGranted(let status, let text):
            "the authority has not granted a time-stamp: \(Self.name(of: status))"
                + (text.isEmpty ? "" : " (\(text))")
        case .notSHA256: "it does not stamp a SHA-256"
        case .tooLong:
            "it has more than \(grouped(TimeStampResponse.byteCountMax)) bytes, for which an entry "
                + "has no room"
        }
    }

    /// RFC 3161, 2.4.2.
    private static func name(of status: Int) -> String {
        switch status {
        case 2: "rejection"
        case 3: "waiting"
        case 4: "revocation warning"
        case 5: "revocation notification"
        default: "status \(status)"
        }
    }
}

/// The parts of a response that are looked at.
private struct Stamp {
    /// Nil where another hash was stamped.
    let sha256: [UInt8]?
    let time: Moment

    private enum Tag {
        static let integer: UInt8 = 0x02
        static let octets: UInt8 = 0x04
        static let octetsInPieces: UInt8 = 0x24
        static let identifier: UInt8 = 0x06
        static let utf8Text: UInt8 = 0x0C
        static let generalizedTime: UInt8 = 0x18
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31
        static let explicit0: UInt8 = 0xA0
    }

    private enum Identifier {
        /// 1.2.840.113549.1.7.2, id-signedData of CMS.
        static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2]
        /// 1.2.840.113549.1.9.16.1.4, id-ct-TSTInfo.
        static let stampInfo: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 4]
        /// 2.16.840.1.101.3.4.2.1, id-sha256.
        static let sha256: [UInt8] = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]
    }

    /// TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }
    init(response: [UInt8]) throws {
        var whole = BERReader(response[...])
        var response = try whole.next(Tag.sequence).opened()
        guard whole.isAtEnd else { throw BERReader.Fault() }
        try Stamp.requireGrant(response.next(Tag.sequence).opened())
        let token = try response.next(Tag.sequence).opened()
        guard response.isAtEnd else { throw BERReader.Fault() }
        try self.init(info: Stamp.info(ofToken: token)[...])
    }

    /// PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString PKIFreeText OPTIONAL, … }
    private static func requireGrant(_ info: BERReader) throws {
        var info = info
        let status = try info.next(Tag.integer).content
        guard status.count == 1, let status = status.first else { throw BERReader.Fault() }
        // 0 is granted, 1 granted with changes.
        guard status > 1 else { return }
        var text = ""
        if var texts = try? info.next(Tag.sequence).opened(),
            let first = try? texts.next(Tag.utf8Text)
        {
            text = String(decoding: first.content.prefix(200), as: UTF8.self)
                .filter {
                    $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                }
        }
        throw TimeStampResponse.Fault.notGranted(status: Int(status), text: text)
    }

    /// The bytes of TSTInfo, which a token (CMS, RFC 5652) holds:
    /// ContentInfo ::= SEQUENCE { contentType, content [0] SignedData };
    /// SignedData ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo, … }
    private static func info(ofToken token: BERReader) throws -> [UInt8] {
        var token = token
        try require(Identifier.signedData, &token)
        var content = try token.next(Tag.explicit0).opened()
        var signed = try content.next(Tag.sequence).opened()
        _ = try signed.next(Tag.integer)
        _ = try signed.next(Tag.set)
        var inner = try signed.next(Tag.sequence).opened()
        try require(Identifier.stampInfo, &inner)
        var wrapped = try inner.next(Tag.explicit0).opened()
        return try octets(wrapped.next())
    }

    /// TSTInfo ::= SEQUENCE { version INTEGER, policy, messageImprint, serialNumber INTEGER,
    /// genTime GeneralizedTime, … }
    private init(info: ArraySlice<UInt8>) throws {
        var whole = BERReader(info)
        var info = try whole.next(Tag.sequence).opened()
        guard whole.isAtEnd else { throw BERReader.Fault() }
        _ = try info.next(Tag.integer)
        _ = try info.next(Tag.identifier)
        var imprint = try info.next(Tag.sequence).opened()
        var algorithm = try imprint.next(Tag.sequence).opened()
        let isSHA256 = try algorithm.next(Tag.identifier).content.elementsEqual(Identifier.sha256)
        let digest = try imprint.next(Tag.octets).content
        sha256 = isSHA256 && digest.count == 32 ? Array(digest) : nil
        _ = try info.next(Tag.integer)
        time = try Stamp.moment(info.next(Tag.generalizedTime).content)
    }

    private static func require(_ identifier: [UInt8], _ reader: inout BERReader) throws {
        guard try reader.next(Tag.identifier).content.elementsEqual(identifier) else {
            throw BERReader.Fault()
        }
    }

    /// An OCTET STRING, whole or in pieces.
    private static func octets(_ element: BERReader.Element) throws -> [UInt8] {
        if element.tag == Tag.octets { return Array(element.content) }
        guard element.tag == Tag.octetsInPieces else { throw BERReader.Fault() }
        var pieces = element.opened()
        var bytes: [UInt8] = []
        while !pieces.isAtEnd { bytes += try pieces.next(Tag.octets).content }
        return bytes
    }

    /// `YYYYMMDDhhmmss[.s…]Z`
    private static func moment(_ text: ArraySlice<UInt8>) throws -> Moment {
        guard text.count >= 15, text.last == UInt8(ascii: "Z") else { throw BERReader.Fault() }
        let digits = Array(text.prefix(14))
        let fraction = text.dropFirst(14).dropLast()
        guard digits.allSatisfy({ decimalDigit($0) != nil }),
            fraction.isEmpty
                || fraction.first == UInt8(ascii: ".") && fraction.count > 1
                    && fraction.dropFirst().allSatisfy({ decimalDigit($0) != nil })
        else { throw BERReader.Fault() }
        var written: [UInt8] = []
        for (place, digit) in digits.enumerated() {
            switch place {
            case 4, 6: written.append(UInt8(ascii: "-"))
            case 8: written.append(UInt8(ascii: "T"))
            case 10, 12: written.append(UInt8(ascii: ":"))
            default: break
            }
            written.append(digit)
        }
        written.append(UInt8(ascii: "Z"))
        guard let moment = written.withUnsafeBufferPointer({ Moment($0) }) else {
            throw BERReader.Fault()
        }
        return moment
    }
}
