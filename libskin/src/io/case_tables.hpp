// Tables that treatments and designs share: whose skin, which device, how it is used.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/parameter_file.hpp"
#include "skin/core/error.hpp"

namespace skin::io {

/// The table `key` of `table`, which must be there.
const Node& required_table(const Node& table, const std::string& path, std::string_view key);

/// What must fit together within one table: the line is the table's.
template <class Check>
void check_part(const Node& table, Check&& check) {
    try {
        check();
    } catch (const ParameterError& error) {
        fail(table.place, error.what());
    }
}

class CaseTables {
public:
    /// `folder`: what `file = "..."` is relative to; `set`: id of the file, for origins.
    CaseTables(std::filesystem::path folder, std::string set) : folder_(std::move(folder)), set_(std::move(set)) {}

    [[nodiscard]] ReadContext plain(const std::string& path, Omit omit, std::vector<std::string_view> given) const;
    /// `preset = "id"` or `file = "path"`; exactly one of them.
    [[nodiscard]] std::filesystem::path chosen_file(const Node& table, const std::string& path, Shelf shelf) const;

    /// preset or file, the person, and single values: `mechanics = { effective_modulus = "200 kPa" }`.
    [[nodiscard]] Skin skin(const Node& table, const std::string& path) const;
    /// The same parts for many persons: the skin of the reference person with the single values, and the person apart.
    [[nodiscard]] std::pair<Skin, Person> reference_skin(const Node& table, const std::string& path) const;
    [[nodiscard]] Device device(const Node& table, const std::string& path) const;
    [[nodiscard]] Use use(const Node& table, const std::string& path) const;

private:
    /// The set of the file, and what the table says about the person.
    [[nodiscard]] std::pair<Skin, Person> parts(const Node& table, const std::string& path) const;

    std::filesystem::path folder_;
    std::string set_;
};

}  // namespace skin::io
