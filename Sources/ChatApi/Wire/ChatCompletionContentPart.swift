/// A part of a message's content.
///
/// The user's messages take text, images, audio and files; the assistant's take text and refusals; all others text. Kinds that the
/// specification doesn't have, like the `thinking` of Mistral's models, are read and made through `fields`.
public struct ChatCompletionContentPart: WireObject {
    /// Every field of the part, known or not, in its order.
    public var fields: JSONObject
    /// A part with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// The kind; required.
    public var type: Kind? {
        get { self["type"] }
        set { self["type"] = newValue }
    }
    /// The text of a text part.
    public var text: String? {
        get { self["text"] }
        set { self["text"] = newValue }
    }
    /// The image of an image part.
    public var imageURL: ImageURL? {
        get { self["image_url"] }
        set { self["image_url"] = newValue }
    }
    /// The audio of an audio part.
    public var inputAudio: InputAudio? {
        get { self["input_audio"] }
        set { self["input_audio"] = newValue }
    }
    /// The file of a file part.
    public var file: File? {
        get { self["file"] }
        set { self["file"] = newValue }
    }
    /// The model's words for not answering, of a refusal part.
    public var refusal: String? {
        get { self["refusal"] }
        set { self["refusal"] = newValue }
    }
    /// Set where a prefix ends that other requests will begin with too; of every kind but a refusal.
    public var promptCacheBreakpoint: PromptCacheBreakpoint? {
        get { self["prompt_cache_breakpoint"] }
        set { self["prompt_cache_breakpoint"] = newValue }
    }

    /// The thoughts of a `thinking` part, which Mistral's models send.
    var thinking: String? {
        guard type == "thinking" else { return nil }
        return MessageContent(json: fields["thinking"] ?? .null)?.text
    }

    /// What a part is.
    public struct Kind: OpenEnumeration {
        /// The text on the wire.
        public let rawValue: String
        /// Any text, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A text.
        public static let text = Kind(rawValue: "text")
        /// An image.
        public static let imageURL = Kind(rawValue: "image_url")
        /// Audio.
        public static let inputAudio = Kind(rawValue: "input_audio")
        /// A file.
        public static let file = Kind(rawValue: "file")
        /// The model's words for not answering.
        public static let refusal = Kind(rawValue: "refusal")
    }
}

extension ChatCompletionContentPart {
    /// A text.
    public static func text(_ text: String) -> Self { Self(fields: ["type": Kind.text.json, "text": text.json]) }

    /// An image.
    /// - Parameters:
    ///   - url: A URL that the server can fetch, or a `data:` URI.
    ///   - detail: How closely the model looks; left to the server when nil.
    /// - Returns: An image part.
    public static func imageURL(_ url: String, detail: ImageDetail? = nil) -> Self {
        Self(fields: ["type": Kind.imageURL.json, "image_url": ImageURL(url: url, detail: detail).json])
    }

    /// An image that travels in the request.
    /// - Parameters:
    ///   - data: The bytes of the image file: an array, or Foundation's `Data`.
    ///   - mediaType: What they are, like `image/png`.
    ///   - detail: How closely the model looks; left to the server when nil.
    /// - Returns: An image part with a `data:` URI.
    public static func image(
        _ data: some Sequence<UInt8>, mediaType: String, detail: ImageDetail? = nil
    ) -> Self {
        imageURL(dataURI(of: Array(data), mediaType: mediaType), detail: detail)
    }

    /// Audio that travels in the request.
    /// - Parameters:
    ///   - data: The bytes of the audio file: an array, or Foundation's `Data`.
    ///   - format: What they are.
    /// - Returns: An audio part.
    public static func inputAudio(_ data: some Sequence<UInt8>, format: InputAudioFormat) -> Self {
        let audio = InputAudio(data: base64(Array(data)), format: format)
        return Self(fields: ["type": Kind.inputAudio.json, "input_audio": audio.json])
    }

    /// A file that was uploaded before.
    public static func file(id: String) -> Self { file(File(fields: ["file_id": id.json])) }

    /// A file that travels in the request.
    /// - Parameters:
    ///   - data: The bytes of the file: an array, or Foundation's `Data`.
    ///   - filename: Its name, which the model sees.
    ///   - mediaType: What they are, like `application/pdf`.
    /// - Returns: A file part with a `data:` URI, as OpenAI's server wants it.
    public static func file(_ data: some Sequence<UInt8>, filename: String, mediaType: String) -> Self {
        file(
            File(fields: ["filename": filename.json, "file_data": dataURI(of: Array(data), mediaType: mediaType).json]))
    }

    /// A file.
    public static func file(_ file: File) -> Self { Self(fields: ["type": Kind.file.json, "file": file.json]) }

    /// The model's words for not answering.
    public static func refusal(_ refusal: String) -> Self {
        Self(fields: ["type": Kind.refusal.json, "refusal": refusal.json])
    }

    /// The part, as the end of a prefix that other requests will begin with too.
    public func endingCachedPrefix() -> Self {
        var part = self
        part.promptCacheBreakpoint = .explicit
        return part
    }
}
