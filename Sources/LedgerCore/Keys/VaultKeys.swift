package import Crypto
internal import Foundation
package import TransparencyLog

/// The two secrets that open a vault: `ledger/FORMAT.md`, Keys.
package struct VaultKey: Sendable {
    package enum Use: String, Sendable, CaseIterable {
        /// Wraps the data keys.
        case vault
        /// Makes the tags by which identities are looked up.
        case index

        fileprivate var prefix: String { "AIDLEDGER+\(rawValue.uppercased())+" }
    }

    package let use: Use
    /// Eight hex digits.
    package let id: String
    package let secret: SymmetricKey

    package init(use: Use, bytes: [UInt8]) {
        precondition(bytes.count == VaultKey.byteCount)
        self.use = use
        self.secret = SymmetricKey(data: bytes)
        self.id = VaultKey.id(use, bytes)
    }

    private static let byteCount = 32

    private static func id(_ use: Use, _ bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: Array("aidledger/1 \(use.rawValue)\u{0}".utf8))
        hash.update(data: bytes)
        return Hex.encode(Array(hash.finalize()).prefix(4))
    }

    /// Reads the line of a key file, or nil where it is not one of a vault's keys.
    /// - Throws: `KeyFileError` where it begins like one and is damaged.
    package init?(parsing line: String) throws {
        guard let use = Use.allCases.first(where: { line.hasPrefix($0.prefix) }) else { return nil }
        let parts = line.dropFirst(use.prefix.count).split(
            separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let bytes = Base64.decode(Array(parts[1].utf8)),
            bytes.count == VaultKey.byteCount
        else { throw KeyFileError.damaged(use.rawValue) }
        guard VaultKey.id(use, bytes) == parts[0] else { throw KeyFileError.damaged(use.rawValue) }
        self.init(use: use, bytes: bytes)
    }

    /// The line that stands in the key's file.
    package var line: String {
        use.prefix + id + "+" + Base64.encode(secret.withUnsafeBytes { Array($0) })
    }
}

/// The keys found in a folder, by key id.
package struct KeyRing: Sendable {
    package private(set) var signing: [SigningKey] = []
    package private(set) var vault: [VaultKey] = []

    package init() {}

    /// Takes in the text of one key file.
    /// - Throws: `KeyFileError` where it is no key, or a damaged one.
    package mutating func add(_ text: String) throws {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        if let key = try VaultKey(parsing: line) {
            vault.append(key)
        } else if line.hasPrefix("PRIVATE+KEY+") {
            do { signing.append(try SigningKey(parsing: line)) } catch {
                throw KeyFileError.damaged("signing")
            }
        } else {
            throw KeyFileError.notAKey
        }
    }

    package func signingKey(_ verifier: VerifierKey) -> SigningKey? {
        signing.first { $0.verifierKey == verifier }
    }

    package func vaultKey(_ use: VaultKey.Use, id: String) -> VaultKey? {
        vault.first { $0.use == use && $0.id == id }
    }
}

package enum KeyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    case notAKey
    case damaged(String)

    package var description: String {
        switch self {
        case .notAKey: "this is not a key of a ledger"
        case .damaged(let use): "this \(use) key is damaged: its key id does not fit its bytes"
        }
    }
}
