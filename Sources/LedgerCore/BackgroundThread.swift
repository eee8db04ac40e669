internal import Glibc

/// A thread of our own. Foundation's says nothing where none can be started, and whoever waits
/// for its work then waits for ever.
package struct BackgroundThread: Sendable {
    private let thread: pthread_t

    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// The system has no room for another thread.
    package struct Unavailable: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        fileprivate init(code: Int32) {
            description =
                "the system has no room for another thread (\(String(cString: strerror(code)))): "
                + "give the program more memory"
        }
    }

    /// - Throws: `Unavailable`.
    package init(_ body: @escaping @Sendable () -> Void) throws {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument {
                    Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw Unavailable(code: code)
        }
        self.thread = thread
    }

    /// Waits until the thread has ended, and all that it held is let go. To be called once.
    package func join() { pthread_join(thread, nil) }
}
