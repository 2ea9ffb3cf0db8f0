#include "skin/core/validate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace skin {

void check_range(std::string_view path, double value, std::string_view unit, double lo, double hi) {
    if (value >= lo && value <= hi && std::isfinite(value)) return;  // NaN fails every comparison
    const std::string shown_unit = unit == "1" || unit.empty() ? "" : " " + std::string{unit};
    const std::string name{path};
    if (std::isinf(lo) && std::isinf(hi)) {
        throw ParameterError(text("%s = %g%s is not finite", name.c_str(), value, shown_unit.c_str()));
    }
    throw ParameterError(text("%s = %g%s is outside [%g, %g]", name.c_str(), value, shown_unit.c_str(), lo, hi));
}

namespace {
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}
}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string>& known) {
    std::string best;
    // At most a third of the letters wrong, but two are forgiven; never all of them ("x" is not near "id").
    std::size_t best_distance = std::min(std::max<std::size_t>(2, name.size() / 3) + 1, name.size());
    for (const auto& candidate : known) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace skin
