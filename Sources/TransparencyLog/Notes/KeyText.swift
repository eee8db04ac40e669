/// The part that vkeys and signing keys have in common: `name+<8 hex>+<base64(type ‖ key)>`.
/// C2SP signed-note, "Verifier keys".
struct KeyText {
    let name: KeyName
    let id: KeyID
    let type: KeyType
    let material: [UInt8]

    init(name: KeyName, id: KeyID, type: KeyType, material: [UInt8]) {
        self.name = name
        self.id = id
        self.type = type
        self.material = material
    }

    init(parsing text: some Collection<UInt8>) throws(KeyError) {
        // Base64 has plus signs of its own, so only the first two separate.
        let parts = text.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .badForm }
        name = try KeyName(bytes: parts[0])
        guard let idBytes = Hex.decode(parts[1]), idBytes.count == 4 else { throw .badKeyID }
        id = KeyID(bigEndianBytes: idBytes)
        guard let bytes = Base64.decode(parts[2]), let type = bytes.first else { throw .badBase64 }
        self.type = KeyType(rawValue: type)
        material = Array(bytes.dropFirst())
    }

    var formatted: String {
        "\(name)+\(id)+\(Base64.encode([type.rawValue] + material))"
    }
}
