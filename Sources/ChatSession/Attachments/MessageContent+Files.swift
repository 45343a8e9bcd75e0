package import ChatApi

// A message with files is made of parts: the words that were typed, then for each file a part that names it and holds its text in a fence
// that nothing in it can close, or one that names it and the image.

extension MessageContent {
    private static var fileHead: String { "\n\nFile: " }
    private static var imageHead: String { "\n\nImage: " }

    /// What was typed, with the files that go along.
    package init(_ typed: String, with files: [AttachedFile]) {
        if files.isEmpty {
            self = .text(typed)
        } else {
            self = .parts([.text(typed)] + files.flatMap(MessageContent.parts))
        }
    }

    private static func parts(of file: AttachedFile) -> [ChatCompletionContentPart] {
        // The name stands on one line, whatever is in it.
        let spelling = FileReference.spelling(of: file.name)
        let name = spelling.dropFirst()
        switch file.content {
        case .text(let text):
            let fence = String(repeating: "`", count: max(longestRun(of: "`", in: text) + 1, 3))
            let end = text.isEmpty || text.utf8.last == UInt8(ascii: "\n") ? "" : "\n"
            return [.text("\(fileHead)\(name)\n\(fence)\n\(text)\(end)\(fence)\n")]
        case .image(let bytes, let mediaType):
            return [.text("\(imageHead)\(name)\n"), .image(bytes, mediaType: mediaType)]
        }
    }

    private static func longestRun(of scalar: Unicode.Scalar, in text: String) -> Int {
        var (longest, run) = (0, 0)
        for other in text.unicodeScalars {
            run = other == scalar ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// The words of the message, without the files that go along with it.
    package var typed: String {
        guard case .parts(let parts) = self else { return text }
        return parts.enumerated().compactMap { index, part in
            index > 0 && MessageContent.fileName(in: part) != nil || part.type != .text ? nil : part.text
        }.joined()
    }

    /// The names of the files that go along with the message.
    package var fileNames: [String] {
        guard case .parts(let parts) = self else { return [] }
        return parts.dropFirst().compactMap { MessageContent.fileName(in: $0) }
    }

    private static func fileName(in part: ChatCompletionContentPart) -> String? { file(in: part)?.name }

    /// The file that a part names.
    static func file(in part: ChatCompletionContentPart) -> (name: String, isImage: Bool)? {
        guard let text = part.text else { return nil }
        for head in [fileHead, imageHead] where text.utf8.starts(with: head.utf8) {
            let name = text.unicodeScalars.dropFirst(head.unicodeScalars.count).prefix { $0 != "\n" }
            return (String(name), head == imageHead)
        }
        return nil
    }
}
