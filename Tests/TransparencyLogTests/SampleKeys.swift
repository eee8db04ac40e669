import TransparencyLog

/// Keys for tests, made of seeds that anybody can guess.
enum SampleKeys {
    static let origin = "aid.example.gov.cn/150500"

    static func log(_ name: String = origin, seed: UInt8 = 1) throws -> SigningKey {
        try SigningKey(name: KeyName(name), seed: Array(repeating: seed, count: 32))
    }

    static func witness(_ name: String, seed: UInt8) throws -> SigningKey {
        try SigningKey(
            name: KeyName(name), type: .cosignature, seed: Array(repeating: seed, count: 32))
    }

    /// The checkpoint of the sample tree at `size`.
    static func checkpoint(size: Int = 5) throws -> Checkpoint {
        Checkpoint(origin: try KeyName(origin), head: SampleTree.of256Leaves.heads[size])
    }
}
