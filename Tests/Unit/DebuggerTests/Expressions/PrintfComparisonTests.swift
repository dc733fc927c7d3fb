import Debugger
import Foundation
import XCTest

/// The C library's `vsnprintf` is the measure of every flag, width and precision.
final class PrintfComparisonTests: XCTestCase {
    func testNumbersAreShownAsTheCLibraryShowsThem() throws {
        var random = SplitMix(state: 7)
        let context = ScriptedContext()
        for _ in 0..<5000 {
            var directive = "%"
            let conversion = ["d", "i", "u", "x", "X", "o"][random.next(below: 6)]
            for flag in ["-", "0", "#", "+", " "] where random.next(below: 3) == 0 {
                // C leaves these undefined.
                if flag == "#", "diu".contains(conversion) { continue }
                directive += flag
            }
            if random.next(below: 2) == 0 { directive += String(1 + random.next(below: 25)) }
            if random.next(below: 3) == 0 { directive += "." + String(random.next(below: 25)) }
            directive += ["hh", "h", "l", "ll", "j", "z", "t"][random.next(below: 7)] + conversion
            let value = random.next(below: 4) == 0 ? 0 : random.next() >> UInt64(random.next(below: 64))
            let ours = try FormattedText(parsing: "\"[\(directive)]\", \(value)").render(in: context)
            XCTAssertEqual(
                String(decoding: ours, as: UTF8.self), cLibrary("[\(directive)]", value), "\(directive) of \(value)")
        }
    }

    func testFloatingPointNumbersAreShownAsTheCLibraryShowsThem() throws {
        var random = SplitMix(state: 11)
        let context = ScriptedContext()
        for _ in 0..<2000 {
            var directive = "%"
            for flag in ["-", "0", "#", "+", " "] where random.next(below: 3) == 0 { directive += flag }
            if random.next(below: 2) == 0 { directive += String(1 + random.next(below: 25)) }
            if random.next(below: 3) == 0 { directive += "." + String(random.next(below: 25)) }
            directive += ["e", "E", "f", "F", "g", "G", "a", "A"][random.next(below: 8)]
            let value = Double(bitPattern: random.next())
            context.variables["x"] = .float(value.bitPattern, .f64)
            let ours = try FormattedText(parsing: "\"[\(directive)]\", $x").render(in: context)
            XCTAssertEqual(
                String(decoding: ours, as: UTF8.self), cLibrary("[\(directive)]", value), "\(directive) of \(value)")
        }
    }

    private func cLibrary(_ format: String, _ value: any CVarArg) -> String {
        var buffer = [CChar](repeating: 0, count: 512)
        let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
