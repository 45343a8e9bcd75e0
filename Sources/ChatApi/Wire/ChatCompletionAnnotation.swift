/// A source that an answer cites.
public struct ChatCompletionAnnotation: WireObject {
    /// Every field of the annotation, known or not, in its order.
    public var fields: JSONObject
    /// An annotation with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Always `url_citation`.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The source.
    public var urlCitation: URLCitation? {
        get { self["url_citation"] }
        set { self["url_citation"] = newValue }
    }

    /// What kind of annotation it is.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A page of the web.
        public static let urlCitation = Kind(rawValue: "url_citation")
    }

    /// A page of the web, and where the answer cites it.
    public struct URLCitation: WireObject {
        /// Every field of the citation, known or not, in its order.
        public var fields: JSONObject
        /// A citation with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// The first character of the citation in the message.
        public var startIndex: Int? {
            get { self["start_index"] }
            set { self["start_index"] = newValue }
        }
        /// The last character of the citation in the message.
        public var endIndex: Int? {
            get { self["end_index"] }
            set { self["end_index"] = newValue }
        }
        /// The URL of the page.
        public var url: String? {
            get { self["url"] }
            set { self["url"] = newValue }
        }
        /// The title of the page.
        public var title: String? {
            get { self["title"] }
            set { self["title"] = newValue }
        }
    }
}
