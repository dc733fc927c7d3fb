import Symbols
import Types

extension Program {
    /// The contents of the section `name` of its ELF file; nil where there is none.
    func contents(ofSection name: String) -> [UInt8]? { file?.contents(ofSection: name) }

    /// The BTF in what is loaded of it, as an Image has it; nil where there is none.
    func typesInSegments() -> TypeInformation? {
        for segment in segments {
            guard let bytes = TypeInformation.longest(in: segment.bytes) else { continue }
            if let types = try? TypeInformation(bytes, origin: "the BTF in \"\(path)\"") { return types }
        }
        return nil
    }
}
