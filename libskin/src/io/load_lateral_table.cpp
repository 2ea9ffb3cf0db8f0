// A table of line loads for tearing, from a file of comma-separated values.
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "io/document.hpp"
#include "skin/core/error.hpp"
#include "skin/io/parameters.hpp"
#include "tearing/lateral_table.hpp"

namespace skin {

namespace {
constexpr std::array<std::string_view, 4> columns{"depth_mm", "diameter_mm", "offset_mm", "load_N_per_mm"};
constexpr std::array<double, 4> to_si{1e-3, 1e-3, 1e-3, 1e3};

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> cells;
    for (;;) {
        const auto comma = line.find(',');
        std::string_view cell = line.substr(0, comma);
        while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
        while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r')) cell.remove_suffix(1);
        cells.push_back(cell);
        if (comma == std::string_view::npos) return cells;
        line.remove_prefix(comma + 1);
    }
}
}  // namespace

RowMatrix load_lateral_table(const std::filesystem::path& path) {
    const std::string text = io::read_text(path);
    const auto fail = [&](std::size_t line, const std::string& message) {
        throw DataError(path.string() + ":" + std::to_string(line) + ": " + message);
    };
    std::vector<std::array<double, 4>> rows;
    bool headed = false;
    std::size_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        ++number;
        if (line.empty() || line == "\r" || line.front() == '#') continue;
        const auto cells = cells_of(line);
        if (cells.size() != columns.size()) {
            fail(number, std::to_string(cells.size()) +
                             " columns where depth_mm, diameter_mm, offset_mm and "
                             "load_N_per_mm were expected");
        }
        std::array<double, 4> row{};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!headed) {
                if (cells[i] != columns[i]) {
                    fail(number,
                         "column '" + std::string{cells[i]} + "' where '" + std::string{columns[i]} + "' was expected");
                }
                continue;
            }
            const char* last = cells[i].data() + cells[i].size();
            const auto [stop, error] = std::from_chars(cells[i].data(), last, row[i]);
            if (error != std::errc{} || stop != last) {
                fail(number, std::string{columns[i]} + " = '" + std::string{cells[i]} + "' is not a number");
            }
            row[i] *= to_si[i];
        }
        if (headed) rows.push_back(row);
        headed = true;
    }
    if (rows.empty()) fail(0, "no row of depth, needle diameter, offset and line load");
    RowMatrix table(static_cast<Eigen::Index>(rows.size()), 4);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < 4; ++j)
            table(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
    }
    try {
        static_cast<void>(tearing::LateralTable(table, "row"));
    } catch (const ParameterError& error) {
        throw DataError(path.string() + ": " + error.what());
    }
    return table;
}

}  // namespace skin
