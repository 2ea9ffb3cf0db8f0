// A parameter file as a tree that knows the line of every key and value. The TOML library is seen by document.cpp only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skin::io {

/// Where something was written: a file and a line, or an override "key=value" given in code or on the command line.
struct Place {
    std::shared_ptr<const std::string> source;  ///< path as the caller gave it, or the override
    int line = 0;                               ///< from 1; 0: the file as a whole
    bool is_override = false;
};

/// Throw "face.toml:3: <message>" as DataError; for an override "'key=value': <message>" as ParameterError.
[[noreturn]] void fail(const Place& place, const std::string& message);

struct Entry;

/// One value of a file. Only the members of its type are set.
struct Node {
    enum class Type { string, integer, real, boolean, date, array, table };
    Type type = Type::table;
    Place place;
    std::string string;
    std::int64_t integer = 0;
    double real = 0.0;
    bool boolean = false;
    std::vector<Node> items;     ///< of an array
    std::vector<Entry> entries;  ///< of a table, in the order of the file

    [[nodiscard]] const Node* find(std::string_view key) const noexcept;
    [[nodiscard]] Node* find(std::string_view key) noexcept;
    [[nodiscard]] std::string_view type_name() const noexcept;  ///< "a number", "a table", ... for messages
    [[nodiscard]] std::string shown() const;                    ///< the value in short, for messages
};

struct Entry {
    std::string key;
    Place place;  ///< of the key
    Node value;
};

struct Document {
    std::filesystem::path path;
    std::string text;
    Node root;
};

/// The text of a file that must be readable UTF-8 of sensible size. DataError that names the path.
[[nodiscard]] std::string read_text(const std::filesystem::path& path);

/// DataError with the line for anything that is not TOML.
[[nodiscard]] Document read_document(const std::filesystem::path& path);
[[nodiscard]] Document parse_document(const std::filesystem::path& path, std::string content);

}  // namespace skin::io
