// A small BibTeX reader: enough for references.bib, which we write ourselves, and for what a user adds to it.
#include "io/references.hpp"

#include <algorithm>
#include <cctype>

#include "io/document.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/io/parameters.hpp"

namespace skin::io {
namespace {

std::string lower(std::string_view s) {
    std::string result{s};
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

class BibReader {
public:
    BibReader(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

    References read() {
        References result;
        while (true) {
            at_ = std::min(text_.find('@', at_), text_.size());
            if (at_ == text_.size()) return result;
            ++at_;
            const std::string type = lower(word());
            skip_blanks();
            if (!take('{')) fail_here("expected '{' after '@" + type + "'");
            if (type == "comment" || type == "preamble" || type == "string") {
                static_cast<void>(braced());
                continue;
            }
            Reference reference;
            reference.type = type;
            reference.key = word();
            if (reference.key.empty()) fail_here("an entry of type '" + type + "' has no key");
            read_fields_of(reference);
            const std::string key = reference.key;
            if (!result.emplace(key, std::move(reference)).second) fail_here("duplicate key '" + key + "'");
        }
    }

private:
    [[noreturn]] void fail_here(const std::string& what) const {
        const auto lines =
            std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())), '\n');
        throw DataError(file_ + ":" + std::to_string(lines + 1) + ": " + what);
    }

    void skip_blanks() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    bool take(char c) {
        skip_blanks();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    std::string word() {
        skip_blanks();
        const std::size_t first = at_;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
                                      std::string_view{"_-.:+"}.find(text_[at_]) != std::string_view::npos)) {
            ++at_;
        }
        return std::string{text_.substr(first, at_ - first)};
    }

    /// What stands up to the '}' that closes a '{' already taken; inner braces are dropped, blanks become one.
    std::string braced() {
        std::string value;
        for (int depth = 1; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '{') {
                ++depth;
            } else if (c == '}') {
                if (--depth == 0) {
                    ++at_;
                    return value;
                }
            } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
                if (!value.empty() && value.back() != ' ') value += ' ';
            } else {
                value += c;
            }
        }
        fail_here("a '{' is never closed");
    }

    std::string value() {
        skip_blanks();
        if (take('{')) return braced();
        if (take('"')) {
            const std::size_t end = text_.find('"', at_);
            if (end == std::string_view::npos) fail_here("a '\"' is never closed");
            std::string result{text_.substr(at_, end - at_)};
            at_ = end + 1;
            return result;
        }
        return word();  // a bare number
    }

    void read_fields_of(Reference& reference) {
        while (take(',')) {
            const std::string name = lower(word());
            if (name.empty()) break;  // a comma after the last field
            if (!take('=')) fail_here("expected '=' after '" + name + "' in '" + reference.key + "'");
            std::string content = value();
            while (!content.empty() && content.back() == ' ') content.pop_back();
            reference.fields[name] = std::move(content);
        }
        if (!take('}')) fail_here("expected ',' or '}' in '" + reference.key + "'");
    }

    std::string_view text_;
    std::string file_;
    std::size_t at_ = 0;
};

}  // namespace

References parse_references(std::string_view content, const std::string& file) {
    return BibReader(content, file).read();
}

References shipped_references() {
    const auto path = data_folder() / "references.bib";
    return parse_references(read_text(path), path.string());
}

std::string one_line(const Reference& reference) {
    const auto field = [&](const char* name) {
        const auto found = reference.fields.find(name);
        return found == reference.fields.end() ? std::string{} : found->second;
    };
    std::string line = field("author");
    for (std::size_t at = line.find(" and "); at != std::string::npos; at = line.find(" and ", at))
        line.replace(at, 5, ", ");
    const auto add = [&](const std::string& part) {
        if (part.empty()) return;
        if (!line.empty()) line += line.back() == '.' ? " " : ". ";
        line += part;
    };
    if (!field("year").empty()) line += line.empty() ? field("year") : " (" + field("year") + ")";
    add(field("title"));
    std::string where = field("journal");
    for (const char* other : {"booktitle", "publisher", "institution", "howpublished"}) {
        if (where.empty()) where = field(other);
    }
    if (!field("volume").empty()) where += (where.empty() ? "volume " : " ") + field("volume");
    if (!field("number").empty()) where += "(" + field("number") + ")";
    if (!field("pages").empty()) where += (where.empty() ? "pages " : ":") + field("pages");
    add(where);
    if (!field("doi").empty()) add("doi:" + field("doi"));
    if (field("doi").empty()) add(field("url"));
    if (field("title").empty() && !field("note").empty()) add("[" + field("note") + "]");
    return line.empty() ? reference.key : line;
}

}  // namespace skin::io

namespace skin {

std::string reference(std::string_view key) {
    const auto references = io::shipped_references();
    const std::string wanted{key.substr(0, key.find(','))};
    const auto found = references.find(wanted);
    if (found != references.end()) return io::one_line(found->second);
    std::vector<std::string> known;
    for (const auto& [name, entry] : references) known.push_back(name);
    const std::string near = wanted.size() <= 100 ? nearest_name(wanted, known) : "";
    throw ParameterError("no reference '" + wanted.substr(0, 100) + "' in references.bib" +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

}  // namespace skin
