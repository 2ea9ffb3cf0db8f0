#include "io/document.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "skin/core/error.hpp"

namespace skin::io {
namespace {
/// The parser met something that it takes for impossible.
struct ParserConfused {};
[[noreturn]] void parser_confused() { throw ParserConfused{}; }
}  // namespace
}  // namespace skin::io

// Header-only in this one file, whatever the package of the distribution defines: no run-time dependency. The parser
// recurses over nested values, so their depth is bounded (a treatment file nests four deep). Some damaged files run
// into its assertions, which without NDEBUG end the process and with NDEBUG are promises to the compiler: here they
// throw.
#undef NDEBUG
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_MAX_NESTED_VALUES 16
#define TOML_ASSERT(expression)                         \
    do {                                                \
        if (!(expression)) skin::io::parser_confused(); \
    } while (false)
#include <toml++/toml.h>

namespace skin::io {
namespace {

constexpr std::uintmax_t largest_file = 4u << 20;  // bytes; our largest set has a hundredth of this

/// Line (from 1) of the first byte that cannot be in a TOML file, with the reason.
struct BadByte {
    int line;
    std::string reason;
};

/// Length of the UTF-8 sequence at `s`, or 0 if it is none (RFC 3629: no overlong forms, no surrogates).
std::size_t utf8_length(const unsigned char* s, std::size_t left) {
    const auto continues = [&](std::size_t i) { return i < left && (s[i] & 0xC0u) == 0x80u; };
    if (s[0] < 0x80u) return 1;
    if (s[0] >= 0xC2u && s[0] <= 0xDFu) return continues(1) ? 2 : 0;
    if (s[0] >= 0xE0u && s[0] <= 0xEFu) {
        if (!continues(1) || !continues(2)) return 0;
        if (s[0] == 0xE0u && s[1] < 0xA0u) return 0;
        if (s[0] == 0xEDu && s[1] > 0x9Fu) return 0;
        return 3;
    }
    if (s[0] >= 0xF0u && s[0] <= 0xF4u) {
        if (!continues(1) || !continues(2) || !continues(3)) return 0;
        if (s[0] == 0xF0u && s[1] < 0x90u) return 0;
        if (s[0] == 0xF4u && s[1] > 0x8Fu) return 0;
        return 4;
    }
    return 0;
}

std::optional<BadByte> find_bad_byte(std::string_view content) {
    int line = 1;
    const auto* bytes = reinterpret_cast<const unsigned char*>(content.data());
    for (std::size_t i = 0; i < content.size();) {
        const unsigned char byte = bytes[i];
        if (byte == '\n') ++line;
        if ((byte < 0x20u && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7Fu) {
            return BadByte{line, text("not a text file: it has the byte 0x%02x", byte)};
        }
        const std::size_t length = utf8_length(bytes + i, content.size() - i);
        if (length == 0) return BadByte{line, text("not valid UTF-8: it has the byte 0x%02x", byte)};
        i += length;
    }
    return std::nullopt;
}

/// Bytes outside strings and comments. TOML 1.0 has only ASCII there, and the parser has undefined behaviour for some
/// other characters, so they end here. Dotted keys nest without bound in the parser and in the tree, whose destructor
/// recurses: "a.a.a..." of a megabyte would exhaust the stack, so the links of each chain of names are counted.
class CodeScanner {
public:
    explicit CodeScanner(std::string_view content) : rest_(content) {}

    std::optional<BadByte> find_bad() {
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '#') {
                rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
            } else if (c == '"' || c == '\'') {
                if (!after_dot_) links_ = 0;
                skip_string(c);
                in_name_ = true;
                after_dot_ = false;
            } else {
                if (static_cast<unsigned char>(c) >= 0x80u) {
                    return BadByte{line_, "not valid TOML: a character beyond ASCII outside quotes"};
                }
                if (count_links(c) > longest_chain)
                    return BadByte{line_, text("a dotted key with more than %d dots", longest_chain)};
                if (c == '\n') ++line_;
                rest_.remove_prefix(1);
            }
        }
        return std::nullopt;
    }

private:
    static constexpr int longest_chain = 32;

    int count_links(char c) {
        if (c == '.') {
            if (in_name_) ++links_;
            after_dot_ = true;
            in_name_ = false;
        } else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-') {
            in_name_ = true;
            after_dot_ = false;
        } else if (c != ' ' && c != '\t') {  // blanks may surround the dot of a key
            links_ = 0;
            in_name_ = after_dot_ = false;
        }
        return links_;
    }

    /// To the closing quotes; a string of one line ends with its line, which the parser then refuses.
    void skip_string(char quote) {
        const std::string three(3, quote);
        const bool long_string = rest_.starts_with(three);
        rest_.remove_prefix(long_string ? 3 : 1);
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '\n') {
                if (!long_string) return;
                ++line_;
            }
            if (c == '\\' && quote == '"' && rest_.size() > 1 && rest_[1] != '\n') {
                rest_.remove_prefix(2);
                continue;
            }
            if (long_string ? rest_.starts_with(three) : c == quote) {
                rest_.remove_prefix(long_string ? 3 : 1);
                // Up to two quotes may stand before the closing three.
                for (int i = 0; long_string && i < 2 && !rest_.empty() && rest_.front() == quote; ++i)
                    rest_.remove_prefix(1);
                return;
            }
            rest_.remove_prefix(1);
        }
    }

    std::string_view rest_;
    int line_ = 1, links_ = 0;
    bool after_dot_ = false, in_name_ = false;
};

/// The parser's sentence in our words where we have better ones.
std::string reworded(std::string_view description) {
    if (const auto at = description.find("cannot redefine existing"); at != std::string_view::npos) {
        const auto open = description.find('\'', at);
        const auto close = description.rfind('\'');
        if (open != std::string_view::npos && close > open) {
            return "duplicate key '" + std::string{description.substr(open + 1, close - open - 1)} + "'";
        }
    }
    return "not valid TOML: " + std::string{description};
}

class Converter {
public:
    explicit Converter(std::shared_ptr<const std::string> source) : source_(std::move(source)) {}

    Node convert(const toml::node& from, int fallback_line) const {
        const int own_line = static_cast<int>(from.source().begin.line);
        const int line = own_line > 0 ? own_line : fallback_line;
        Node to;
        to.place = Place{source_, line, false};
        if (const auto* table = from.as_table()) {
            to.type = Node::Type::table;
            convert_table(*table, to, line);
        } else if (const auto* array = from.as_array()) {
            to.type = Node::Type::array;
            for (const auto& item : *array) to.items.push_back(convert(item, line));
        } else if (const auto* string = from.as_string()) {
            to.type = Node::Type::string;
            to.string = string->get();
        } else if (const auto* integer = from.as_integer()) {
            to.type = Node::Type::integer;
            to.integer = integer->get();
            to.real = static_cast<double>(to.integer);
        } else if (const auto* real = from.as_floating_point()) {
            to.type = Node::Type::real;
            to.real = real->get();
        } else if (const auto* boolean = from.as_boolean()) {
            to.type = Node::Type::boolean;
            to.boolean = boolean->get();
        } else {
            to.type = Node::Type::date;
        }
        return to;
    }

private:
    void convert_table(const toml::table& from, Node& to, int line) const {
        std::vector<std::pair<toml::source_position, Entry>> sorted;
        for (const auto& [key, value] : from) {
            auto position = key.source().begin;
            const int key_line = position.line > 0 ? static_cast<int>(position.line) : line;
            sorted.emplace_back(
                position, Entry{std::string{key.str()}, Place{source_, key_line, false}, convert(value, key_line)});
        }
        // The library sorts by name; errors should follow the file.
        std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [position, entry] : sorted) to.entries.push_back(std::move(entry));
    }

    std::shared_ptr<const std::string> source_;
};

}  // namespace

void fail(const Place& place, const std::string& message) {
    const std::string source = place.source ? *place.source : "";
    if (place.is_override) throw ParameterError("'" + source + "': " + message);
    if (place.line <= 0) throw DataError(source + ": " + message);
    throw DataError(source + ":" + std::to_string(place.line) + ": " + message);
}

const Node* Node::find(std::string_view key) const noexcept {
    for (const auto& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

Node* Node::find(std::string_view key) noexcept {
    for (auto& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

std::string_view Node::type_name() const noexcept {
    switch (type) {
        case Type::string:
            return "a string";
        case Type::integer:
            return "an integer";
        case Type::real:
            return "a number";
        case Type::boolean:
            return "a boolean";
        case Type::date:
            return "a date";
        case Type::array:
            return "an array";
        case Type::table:
            return "a table";
    }
    return "?";
}

std::string Node::shown() const {
    switch (type) {
        case Type::string:
            return "'" + (string.size() > 60 ? string.substr(0, 60) + "..." : string) + "'";
        case Type::integer:
            return std::to_string(integer);
        case Type::real:
            return text("%g", real);
        case Type::boolean:
            return boolean ? "true" : "false";
        default:
            return std::string{type_name()};
    }
}

std::string read_text(const std::filesystem::path& path) {
    const Place place{std::make_shared<const std::string>(path.string())};
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        // ENOENT and ENOTDIR mean that it is not there; anything else (no permission, name too long) is said as it is.
        const bool absent =
            !error || error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
        fail(place, absent ? "no such file" : "cannot be read: " + error.message());
    }
    if (std::filesystem::is_directory(status)) fail(place, "is a folder, not a file");
    if (!std::filesystem::is_regular_file(status)) fail(place, "is not a regular file");
    const auto size = std::filesystem::file_size(path, error);
    if (error) fail(place, "cannot be read: " + error.message());
    if (size > largest_file) {
        fail(place, text("has %llu bytes; a parameter or treatment file has at most %llu",
                         static_cast<unsigned long long>(size), static_cast<unsigned long long>(largest_file)));
    }
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) fail(place, std::string{"cannot be read: "} + (errno != 0 ? std::strerror(errno) : "unknown reason"));
    std::string content(static_cast<std::size_t>(size), '\0');
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    if (stream.bad()) fail(place, "cannot be read to its end");
    return content;
}

namespace {

/// The first line with which the parser gives up without a reason; 0 when the file is too long to look for it.
int line_of_confusion(std::string_view content) {
    constexpr std::size_t longest_searched = 1u << 16;
    int line = 0;
    for (std::size_t at = 0; content.size() < longest_searched && at < content.size();) {
        at = std::min(content.find('\n', at), content.size() - 1) + 1;
        ++line;
        try {
            static_cast<void>(toml::parse(content.substr(0, at)));
        } catch (const toml::parse_error&) {
        } catch (const ParserConfused&) {
            return line;
        }
    }
    return 0;
}

}  // namespace

Document parse_document(const std::filesystem::path& path, std::string content) {
    const auto source = std::make_shared<const std::string>(path.string());
    const Place whole{source};
    if (content.find_first_not_of(" \t\r\n") == std::string::npos) fail(whole, "the file is empty");
    if (const auto bad = find_bad_byte(content)) fail(Place{source, bad->line}, bad->reason);
    if (const auto bad =
            CodeScanner(std::string_view{content}.substr(content.starts_with("\xEF\xBB\xBF") ? 3 : 0)).find_bad())
        fail(Place{source, bad->line}, bad->reason);
    toml::table table;
    try {
        table = toml::parse(std::string_view{content}, std::string_view{*source});
    } catch (const toml::parse_error& error) {
        fail(Place{source, static_cast<int>(error.source().begin.line)}, reworded(error.description()));
    } catch (const ParserConfused&) {
        fail(Place{source, line_of_confusion(content)}, "not valid TOML: a key or value was expected");
    }
    Document document{path, std::move(content), Converter(source).convert(table, 0)};
    document.root.place.line = 0;  // what is missing at the top level is missing in the file as a whole
    return document;
}

Document read_document(const std::filesystem::path& path) { return parse_document(path, read_text(path)); }

}  // namespace skin::io
