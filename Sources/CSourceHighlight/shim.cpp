// Linked statically (see Package.swift): libsource-highlight.so pulls libboost_regex and 30 MB of ICU into the process and
// costs 1 ms at every start; the archives cost 0.1 ms, as the linker takes no ICU from them.

#include "CSourceHighlight.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include <srchilite/formattermanager.h>
#include <srchilite/langdefmanager.h>
#include <srchilite/langmap.h>
#include <srchilite/regexrulefactory.h>
#include <srchilite/sourcehighlighter.h>

using namespace srchilite;

struct csourcehighlight_state {
    HighlightStatePtr main;
    HighlightStatePtr current;
    HighlightStateStack stack;
};

namespace {

// Nested states of hostile code (an open comment in an open comment in …) are copied with each line.
const size_t maximum_depth = 64;

// The element names that the language files of source-highlight use.
const char *const kinds[] = {
    "keyword", "type", "usertype", "string", "regexp", "specialchar", "comment", "number", "preproc", "symbol", "function",
    "cbracket", "todo", "predef_var", "predef_func", "classname", "url", "date", "time", "file", "ip", "name", "variable",
    "argument", "optionalargument", "math", "bibtex", "oldfile", "newfile", "difflines", "selector", "property", "value",
    "atom", "meta", "path", "label", "error", "warning",
};

using Runs = std::vector<csourcehighlight_run>;

class RunFormatter : public Formatter {
    const char *kind;
    Runs &runs;

public:
    RunFormatter(const char *kind, Runs &runs) : kind(kind), runs(runs) {}

    void format(const std::string &text, const FormatterParams *) override {
        if (text.empty()) return;
        if (!runs.empty() && runs.back().kind == kind)
            runs.back().length += text.size();
        else
            runs.push_back({kind, text.size()});
    }
};

// The library keeps counters and caches in globals, so one caller at a time. Made at first use, which start-up never is.
struct Library {
    std::mutex mutex;
    RegexRuleFactory rules;
    LangDefManager languages{&rules};
    std::map<std::string, LangMap> maps;
    std::map<std::string, HighlightStatePtr> definitions;
    Runs runs;
    FormatterManager formatters{FormatterPtr(new RunFormatter("normal", runs))};

    Library() {
        for (const char *kind : kinds) formatters.addFormatter(kind, FormatterPtr(new RunFormatter(kind, runs)));
    }
};

Library &library() {
    static Library library;
    return library;
}

// A text in a file that only this process sees: the library reads languages from files.
class MemoryFile {
    int descriptor;

public:
    explicit MemoryFile(const std::string &text) : descriptor(memfd_create("language", MFD_CLOEXEC)) {
        for (size_t written = 0; written < text.size();) {
            ssize_t count = write(descriptor, text.data() + written, text.size() - written);
            if (count <= 0) break;
            written += count;
        }
    }

    ~MemoryFile() { close(descriptor); }

    std::string name() const { return std::to_string(descriptor); }
};

}  // namespace

csourcehighlight_state *csourcehighlight_start(const char *directory, const char *language) try {
    Library &shared = library();
    std::lock_guard<std::mutex> lock(shared.mutex);
    LangMap &map = shared.maps.try_emplace(directory, directory, "lang.map").first->second;
    map.open();
    for (const auto &entry : map) {
        if (entry.first != language) continue;
        HighlightStatePtr main = shared.languages.getHighlightState(directory, entry.second);
        return new csourcehighlight_state{main, main, {}};
    }
    return nullptr;
} catch (...) {
    return nullptr;
}

csourcehighlight_state *csourcehighlight_start_defined(const char *name, const char *definition) try {
    Library &shared = library();
    std::lock_guard<std::mutex> lock(shared.mutex);
    HighlightStatePtr &main = shared.definitions[name];
    if (!main) main = shared.languages.buildHighlightState("/proc/self/fd", MemoryFile(definition).name());
    return new csourcehighlight_state{main, main, {}};
} catch (...) {
    return nullptr;
}

csourcehighlight_state *csourcehighlight_line(
    const csourcehighlight_state *state, const char *line, size_t length, csourcehighlight_run *runs, size_t *count) try {
    Library &shared = library();
    std::lock_guard<std::mutex> lock(shared.mutex);
    shared.runs.clear();

    SourceHighlighter highlighter(state->main);
    highlighter.setFormatterManager(&shared.formatters);
    highlighter.setOptimize(false);
    highlighter.setCurrentState(state->current);
    *highlighter.getStateStack() = state->stack;
    highlighter.highlightParagraph(std::string(line, length));

    size_t total = 0;
    for (const auto &run : shared.runs) total += run.length;
    if (total != length || highlighter.getStateStack()->size() > maximum_depth) return nullptr;
    *count = shared.runs.size();
    for (size_t index = 0; index < *count; index++) runs[index] = shared.runs[index];
    return new csourcehighlight_state{state->main, highlighter.getCurrentState(), *highlighter.getStateStack()};
} catch (...) {
    return nullptr;
}

void csourcehighlight_free(csourcehighlight_state *state) { delete state; }
