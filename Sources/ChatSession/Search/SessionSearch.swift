import Glibc
import Synchronization

/// Finds the sessions in which something was said.
///
/// There is no index: the files are read at the speed of memory on two threads, and only those that can have what is searched for are
/// taken apart.
package struct SessionSearch: Sendable {
    /// What is searched for.
    package let query: SearchQuery
    private let store: SessionStore

    /// What was found.
    package struct Result: Sendable {
        /// The sessions that fit best first, and of those that fit alike the newest.
        package var hits: [SessionHit] = []
        /// Sessions that may have it, but can't be read.
        package var problems: [SessionStoreError] = []
        /// Whether all sessions were looked through; else there may be more.
        package var isComplete = true
    }

    /// When so many are found, older sessions aren't looked through.
    package static let maximumHits = 200

    /// Searches in a store.
    package init(_ query: SearchQuery, in store: SessionStore) {
        self.query = query
        self.store = store
    }

    private struct State {
        var hitCount = 0
        var isComplete = true
        var isEnough = false
    }

    /// Searches, from the session that was saved last to the oldest.
    ///
    /// Reads the disk, so it may block.
    ///
    /// - Parameters:
    ///   - limit: When so many are found, that is enough.
    ///   - isCancelled: Asked between two files and two branches; what was found until then is the result.
    ///   - onHit: Told of each as it is found, from one of two threads.
    /// - Returns: What was found.
    /// - Throws: `SessionStoreError` if the directory can't be read.
    package func run(
        limit: Int = maximumHits, isCancelled: @Sendable () -> Bool = { Task.isCancelled },
        onHit: @Sendable (SessionHit) -> Void = { _ in }
    ) throws(SessionStoreError) -> Result {
        let files = try store.files()
        let filter = FileFilter(query)
        let state = Mutex(State())
        let found = BlockingWork.onTwoThreads(count: files.count) { index -> Outcome? in
            if state.withLock({ $0.isEnough }) { return nil }
            if isCancelled() {
                state.withLock { ($0.isEnough, $0.isComplete) = (true, false) }
                return nil
            }
            do throws(SessionStoreError) {
                guard let hit = try self.hit(in: files[index], filter, isCancelled) else {
                    if isCancelled() { state.withLock { ($0.isEnough, $0.isComplete) = (true, false) } }
                    return nil
                }
                state.withLock { state in
                    state.hitCount += 1
                    if state.hitCount >= limit, index < files.count - 1 {
                        (state.isEnough, state.isComplete) = (true, false)
                    }
                }
                onHit(hit)
                return .success(hit)
            } catch {
                return .failure(error)
            }
        }
        var result = Result(isComplete: state.withLock { $0.isComplete })
        for outcome in found {
            switch outcome {
            case .success(let hit): result.hits.append(hit)
            case .failure(let problem): result.problems.append(problem)
            }
        }
        // They are there by age, and sorting leaves what fits alike in its order.
        result.hits.sort { $0.fit < $1.fit }
        return result
    }

    private typealias Outcome = Swift.Result<SessionHit, SessionStoreError>

    /// What a file has of what is searched for.
    private func hit(
        in file: SessionStore.File, _ filter: FileFilter, _ isCancelled: () -> Bool
    ) throws(SessionStoreError) -> SessionHit? {
        // What is no file at all is told of in the list of sessions.
        guard file.isRegular else { return nil }
        // What is in the journal is found, too: such a session is rare, and read at once.
        if file.hasJournal {
            return SessionMatcher(query: query).hit(in: try store.load(file.id), byteCount: file.stamp.size)
        }
        let path = try store.location(of: file)
        let bytes: [UInt8]?
        do { bytes = try FileText(path).bytes(where: filter.mayMatch) } catch {
            // What has gone meanwhile isn't missed.
            if error.errorNumber == ENOENT { return nil }
            throw .unreadable(error)
        }
        guard let bytes else { return nil }
        let session = try store.read(bytes, of: file.id).session
        return SessionMatcher(query: query).hit(in: session, byteCount: bytes.count, isCancelled: isCancelled)
    }
}
