internal import CLibFuzzer
internal import FuzzTargets
internal import Glibc

// Called by scripts/fuzz, in one of two ways:
//   fuzzer --prepare=TARGET FOLDER      writes seed inputs and a dictionary into a folder
//   fuzzer --target=TARGET OPTION…      hands the options to libFuzzer, which skips those with `--`

func value(of option: String) -> String? {
    CommandLine.arguments.first { $0.hasPrefix("--\(option)=") }.map {
        String($0.dropFirst(option.count + 3))
    }
}

guard let name = value(of: "target") ?? value(of: "prepare"),
    let target = FuzzTarget(rawValue: name)
else {
    print(FuzzTarget.allCases.map(\.rawValue).joined(separator: "\n"))
    exit(2)
}

if value(of: "prepare") != nil, let folder = CommandLine.arguments.last {
    try Preparation(of: target).write(to: folder)
    exit(0)
}

let check = target.check
var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(
    LLVMFuzzerRunDriver(&argumentCount, &arguments) { data, size in
        do {
            try check(UnsafeBufferPointer(start: data, count: size))
        } catch {
            // Dying is how libFuzzer is told.
            fatalError("\(error)")
        }
        return 0
    })
