import Crypto
import LedgerCore
import Testing

@Suite struct VaultCipherTests {
    private let cipher = VaultCipher(
        vaultKey: VaultKey(use: .vault, bytes: [UInt8](repeating: 1, count: 32)),
        indexKey: VaultKey(use: .index, bytes: [UInt8](repeating: 2, count: 32)),
        surroundings: .system)
    private let pseudonym = "p:00112233445566778899aabbccddeeff"

    @Test func whatWasSealedOpensAgain() throws {
        let key = cipher.newDataKey()
        let bytes = try cipher.seal(
            [("name", "张样例"), ("phone", "1")], under: key, of: pseudonym, version: 2)
        let members = try cipher.open(bytes, under: key, of: pseudonym, version: 2)
        #expect(members == ["name": "张样例", "phone": "1"])
    }

    @Test func sealedBytesOpenOnlyInTheirPlace() throws {
        let key = cipher.newDataKey()
        let bytes = try cipher.seal([("name", "张样例")], under: key, of: pseudonym, version: 1)
        let other = "p:ffeeddccbbaa99887766554433221100"
        #expect(throws: VaultCipher.Failure.doesNotOpen) {
            try cipher.open(bytes, under: key, of: other, version: 1)
        }
        #expect(throws: VaultCipher.Failure.doesNotOpen) {
            try cipher.open(bytes, under: key, of: pseudonym, version: 2)
        }
        #expect(throws: VaultCipher.Failure.doesNotOpen) {
            try cipher.open(bytes, under: cipher.newDataKey(), of: pseudonym, version: 1)
        }
    }

    @Test func everyFlippedByteIsNoticed() throws {
        let key = cipher.newDataKey()
        let bytes = try cipher.seal([("a", "b")], under: key, of: pseudonym, version: 1)
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 1
            #expect(throws: VaultCipher.Failure.doesNotOpen) {
                try cipher.open(altered, under: key, of: pseudonym, version: 1)
            }
        }
    }

    @Test func dataKeysAreWrappedForOneSubject() throws {
        let key = cipher.newDataKey()
        let wrapped = try cipher.wrap(key, of: pseudonym)
        #expect(wrapped.count == 60)
        #expect(try cipher.unwrap(wrapped, of: pseudonym) == key)
        #expect(throws: VaultCipher.Failure.doesNotOpen) {
            try cipher.unwrap(wrapped, of: "p:ffeeddccbbaa99887766554433221100")
        }
    }

    @Test func keyFilesAreReadBackAndDamageIsNoticed() throws {
        let key = VaultKey(use: .vault, bytes: [UInt8](repeating: 7, count: 32))
        let read = try #require(try VaultKey(parsing: key.line))
        #expect(read.id == key.id)
        #expect(read.secret == key.secret)
        let damaged = key.line.replacing("Bwc", with: "Bwd")
        #expect(damaged != key.line)
        #expect(throws: KeyFileError.damaged("vault")) { try VaultKey(parsing: damaged) }
        #expect(try VaultKey(parsing: "something else") == nil)
    }
}
