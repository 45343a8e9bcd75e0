import CMD4C

/// Parses the blocks that the scanner finds with md4c: paragraphs, headings, rules and tables in GitHub's dialect.
///
/// The only file that knows md4c's types.
enum MarkdownParser {
    /// What a piece of source may come to.
    ///
    /// A table can have as many cells as the square of its source's length.
    private static let maximumEvents = 100_000

    private static let flags = UInt32(
        MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS
            | MD_FLAG_PERMISSIVEWWWAUTOLINKS | MD_FLAG_NOHTMLBLOCKS)

    /// The blocks of a text; where it comes to too much, the text itself as one paragraph.
    static func blocks(of source: String) -> [MarkdownBlock] {
        let kept = SourceKeeper(source)
        let context = Context(formulas: kept.formulas)
        var parser = MD_PARSER()
        // What isn't a table to the scanner would lose the cells beyond those of its delimiter row.
        parser.flags = kept.isTable ? flags | UInt32(MD_FLAG_TABLES) : flags
        parser.enter_block = { type, detail, context in Context.from(context) { $0.enterBlock(type, detail) } }
        parser.leave_block = { type, detail, context in Context.from(context) { $0.leaveBlock(type, detail) } }
        parser.enter_span = { type, _, context in Context.from(context) { $0.enterSpan(type) } }
        parser.leave_span = { type, detail, context in Context.from(context) { $0.leaveSpan(type, detail) } }
        parser.text = { type, text, size, context in
            Context.from(context) { $0.text(type, String(bytes: text, count: size)) }
        }
        var text = kept.source
        let result = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                md_parse($0.baseAddress, MD_SIZE($0.count), &parser, Unmanaged.passUnretained(context).toOpaque())
            }
        }
        return result == 0 ? context.builder.finish() : [.paragraph(plain(source))]
    }

    private static func plain(_ source: String) -> [MarkdownInline] {
        source.split(separator: "\n").flatMap { [.text(String($0), []), .lineBreak] }
    }

    private static func marks(of span: MD_SPANTYPE) -> MarkdownInline.Marks {
        switch span {
        case MD_SPAN_EM: .emphasis
        case MD_SPAN_STRONG: .strong
        case MD_SPAN_DEL: .struckThrough
        case MD_SPAN_CODE: .code
        case MD_SPAN_A, MD_SPAN_IMG: .link
        default: []
        }
    }

    /// Turns md4c's calls into the builder's; alive for the length of one parse.
    private final class Context {
        var builder: MarkdownTreeBuilder
        private var eventCount = 0

        init(formulas: Formulas) { builder = MarkdownTreeBuilder(formulas: formulas) }

        /// Calls the handler on the context behind the pointer; a result other than 0 ends the parse.
        static func from(_ pointer: UnsafeMutableRawPointer?, _ handle: (Context) -> Void) -> Int32 {
            guard let pointer else { return 1 }
            let context = Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue()
            context.eventCount += 1
            if context.eventCount > MarkdownParser.maximumEvents { return 1 }
            handle(context)
            return 0
        }

        func enterBlock(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
            switch type {
            case MD_BLOCK_TABLE: builder.enterTable()
            case MD_BLOCK_TR: builder.enterRow()
            case MD_BLOCK_TH, MD_BLOCK_TD:
                builder.enterCell(alignment(of: detail?.load(as: MD_BLOCK_TD_DETAIL.self).align))
            case MD_BLOCK_P, MD_BLOCK_H, MD_BLOCK_THEAD, MD_BLOCK_TBODY: break
            default: builder.flushText()
            }
        }

        func leaveBlock(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
            switch type {
            case MD_BLOCK_HR: builder.addRule()
            case MD_BLOCK_H: builder.leaveHeading(level: Int(detail?.load(as: MD_BLOCK_H_DETAIL.self).level ?? 1))
            case MD_BLOCK_P: builder.leaveParagraph()
            case MD_BLOCK_TABLE: builder.leaveTable()
            case MD_BLOCK_TH: builder.leaveCell(isHeader: true)
            case MD_BLOCK_TD: builder.leaveCell(isHeader: false)
            case MD_BLOCK_TR, MD_BLOCK_THEAD, MD_BLOCK_TBODY: break
            default: builder.flushText()
            }
        }

        func enterSpan(_ type: MD_SPANTYPE) { builder.enterSpan(MarkdownParser.marks(of: type)) }

        func leaveSpan(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
            if let detail, type == MD_SPAN_A {
                let link = detail.load(as: MD_SPAN_A_DETAIL.self)
                builder.leaveLink(target: string(of: link.href), title: string(of: link.title), isImage: false)
            } else if let detail, type == MD_SPAN_IMG {
                let image = detail.load(as: MD_SPAN_IMG_DETAIL.self)
                builder.leaveLink(target: string(of: image.src), title: string(of: image.title), isImage: true)
            } else {
                builder.leaveSpan(MarkdownParser.marks(of: type))
            }
        }

        func text(_ type: MD_TEXTTYPE, _ text: String) {
            switch type {
            case MD_TEXT_NULLCHAR: builder.add("\u{FFFD}")
            case MD_TEXT_BR, MD_TEXT_SOFTBR: builder.addLineBreak()
            case MD_TEXT_ENTITY: builder.add(MarkdownEntity.text(of: text))
            case MD_TEXT_HTML where isLineBreakTag(text): builder.addLineBreak()
            default: builder.add(text)
            }
        }

        private func isLineBreakTag(_ tag: String) -> Bool {
            tag.lowercased().filter { $0 != " " && $0 != "/" } == "<br>"
        }

        private func alignment(of align: MD_ALIGN?) -> MarkdownTable.Alignment {
            switch align {
            case MD_ALIGN_CENTER: .center
            case MD_ALIGN_RIGHT: .right
            default: .left
            }
        }

        /// An attribute's text with its entities resolved.
        private func string(of attribute: MD_ATTRIBUTE) -> String {
            guard let text = attribute.text, let types = attribute.substr_types, let offsets = attribute.substr_offsets
            else { return "" }
            var result = ""
            var index = 0
            while offsets[index] < attribute.size {
                let part = String(bytes: text + Int(offsets[index]), count: offsets[index + 1] - offsets[index])
                switch types[index] {
                case MD_TEXT_ENTITY: result += MarkdownEntity.text(of: part)
                case MD_TEXT_NULLCHAR: result += "\u{FFFD}"
                default: result += part
                }
                index += 1
            }
            return result
        }
    }
}

extension String {
    fileprivate init(bytes: UnsafePointer<CChar>?, count: UInt32) {
        let bytes = UnsafeBufferPointer(start: bytes, count: Int(count))
        self = bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
    }
}
