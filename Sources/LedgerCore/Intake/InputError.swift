internal import Glibc

/// Why a file cannot be read as input at all. What is wrong with one line is a `RecordIssue`.
package enum InputError: Error, Hashable, Sendable {
    case cannotOpen(path: String, errorNumber: Int32)
    case isDirectory
    case cannotRead(errorNumber: Int32)
    case utf16
    /// A file of another kind, known by its first bytes: "a PDF document".
    case foreign(String)
    case binary
    /// GB18030 was asked for, and the file begins with the byte-order mark of UTF-8.
    case utf8MarkInGB18030
    /// The C library has no table for GB18030.
    case gb18030Unavailable
    case header(CSVHeaderFault)
}

extension InputError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let number):
            "\(path) cannot be opened: \(systemMessage(number))"
        case .isDirectory: "this is a directory, not a file"
        case .cannotRead(let number): "the file cannot be read: \(systemMessage(number))"
        case .utf16: "this looks like UTF-16; save it as UTF-8 or GB18030"
        case .foreign(let kind):
            "this looks like \(kind), not JSON Lines or CSV; export it as CSV or JSON Lines"
        case .binary: "this looks like binary data, not JSON Lines or CSV"
        case .utf8MarkInGB18030:
            "the file begins with the byte-order mark of UTF-8, so it is not GB18030"
        case .gb18030Unavailable:
            "this system cannot decode GB18030; install the C library's gconv modules "
                + "(package glibc-gconv-extra where there is one), or save the file as UTF-8"
        case .header(let fault): fault.description
        }
    }
}

/// What the system says of one of its error numbers.
func systemMessage(_ errorNumber: Int32) -> String { String(cString: strerror(errorNumber)) }
