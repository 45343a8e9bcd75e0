extension ChatCompletionContentPart {
    /// Where an image is, and how closely the model looks at it.
    public struct ImageURL: WireObject {
        /// Every field of the image, known or not, in its order.
        public var fields: JSONObject
        /// An image with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// An image at a URL.
        public init(url: String, detail: ImageDetail? = nil) {
            fields = ["url": url.json]
            self.detail = detail
        }

        /// A URL that the server can fetch, or a `data:` URI; required.
        public var url: String? {
            get { self["url"] }
            set { self["url"] = newValue }
        }
        /// How closely the model looks; `auto` unless set.
        public var detail: ImageDetail? {
            get { self["detail"] }
            set { self["detail"] = newValue }
        }
    }

    /// Audio for the model to hear.
    public struct InputAudio: WireObject {
        /// Every field of the audio, known or not, in its order.
        public var fields: JSONObject
        /// Audio with these fields.
        public init(fields: JSONObject) { self.fields = fields }

        /// Audio in base64.
        public init(data: String, format: InputAudioFormat) { fields = ["data": data.json, "format": format.json] }

        /// The bytes of the audio file in base64; required.
        public var data: String? {
            get { self["data"] }
            set { self["data"] = newValue }
        }
        /// What they are; required.
        public var format: InputAudioFormat? {
            get { self["format"] }
            set { self["format"] = newValue }
        }
    }

    /// A file for the model to read: uploaded before, or in the request.
    public struct File: WireObject {
        /// Every field of the file, known or not, in its order.
        public var fields: JSONObject
        /// A file with these fields.
        public init(fields: JSONObject = [:]) { self.fields = fields }

        /// The name of the file, which the model sees.
        public var filename: String? {
            get { self["filename"] }
            set { self["filename"] = newValue }
        }
        /// The bytes of the file in base64; OpenAI's server wants a `data:` URI.
        public var fileData: String? {
            get { self["file_data"] }
            set { self["file_data"] = newValue }
        }
        /// The id of a file that was uploaded before.
        public var fileID: String? {
            get { self["file_id"] }
            set { self["file_id"] = newValue }
        }
    }
}

/// How closely the model looks at an image.
public struct ImageDetail: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// As the server decides.
    public static let auto = ImageDetail(rawValue: "auto")
    /// At a small copy, for few tokens.
    public static let low = ImageDetail(rawValue: "low")
    /// At all of it.
    public static let high = ImageDetail(rawValue: "high")
}

/// The format of audio for the model to hear.
public struct InputAudioFormat: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// WAV.
    public static let wav = InputAudioFormat(rawValue: "wav")
    /// MP3.
    public static let mp3 = InputAudioFormat(rawValue: "mp3")
}

/// The bytes as a `data:` URI (RFC 2397).
func dataURI(of bytes: [UInt8], mediaType: String) -> String { "data:\(mediaType);base64,\(base64(bytes))" }

/// The bytes in base64 with padding (RFC 4648, clause 4).
func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for digit in 0..<4 {
            text.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 0x3F] : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
