// references.bib: the full reference behind the key of a source.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace skin::io {

struct Reference {
    std::string type, key;
    std::map<std::string, std::string> fields;  ///< names in lower case; braces dropped
};
using References = std::map<std::string, Reference>;

/// DataError with the line for what is not BibTeX.
[[nodiscard]] References parse_references(std::string_view content, const std::string& file);
[[nodiscard]] References shipped_references();
/// "Shergold, Fleck (2004). Title. Journal 460:3037. doi:...".
[[nodiscard]] std::string one_line(const Reference& reference);

}  // namespace skin::io
