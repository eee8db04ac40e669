/// Keeps what was used of late, in bounded memory: when the younger generation is full, it
/// becomes the older, and what was not used since then is forgotten.
struct TwoGenerationCache<Key: Hashable, Value> {
    private let generationSize: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    /// - Parameter generationSize: best a little below three quarters of a power of two: there a
    ///   dictionary takes the next size.
    init(generationSize: Int) { self.generationSize = generationSize }

    subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old[key] else { return nil }
            self[key] = value
            return value
        }
        set {
            if young.count >= generationSize {
                old = young
                young = [:]
            }
            young[key] = newValue
        }
    }

    mutating func removeAll() {
        young = [:]
        old = [:]
    }
}
