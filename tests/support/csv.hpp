// Reads the small CSV files of libskin/data/experiments: quoted fields, header row, columns by name.
#pragma once

#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/experiments.hpp"

namespace skin::test {

class Csv {
public:
    /// `relative` below libskin/data/experiments, as "tearing_verification/tearing_kinematics.csv".
    explicit Csv(const std::string& relative) : path_(experiments_folder() + "/" + relative) {
        std::ifstream file(path_);
        if (!file) throw std::runtime_error("cannot read " + path_);
        std::string line;
        while (std::getline(file, line)) {
            if (!line.empty() && line.back() == '\r') line.pop_back();
            if (line.empty()) continue;
            auto cells = split(line);
            if (columns_.empty()) {
                for (std::size_t i = 0; i < cells.size(); ++i) columns_[cells[i]] = i;
            } else {
                rows_.push_back(std::move(cells));
            }
        }
    }

    [[nodiscard]] std::size_t size() const { return rows_.size(); }

    [[nodiscard]] const std::string& text(std::size_t row, const std::string& column) const {
        const auto found = columns_.find(column);
        if (found == columns_.end()) throw std::runtime_error(path_ + ": no column " + column);
        return rows_.at(row).at(found->second);
    }

    [[nodiscard]] bool has(std::size_t row, const std::string& column) const { return !text(row, column).empty(); }

    [[nodiscard]] double number(std::size_t row, const std::string& column) const {
        const std::string& cell = text(row, column);
        char* end = nullptr;
        const double value = std::strtod(cell.c_str(), &end);
        if (end == cell.c_str() || *end != '\0') {
            throw std::runtime_error(path_ + ": '" + cell + "' in column " + column + " is not a number");
        }
        return value;
    }

private:
    static std::vector<std::string> split(const std::string& line) {
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (c == '"') {
                if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
                    cells.back() += '"';
                    ++i;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        return cells;
    }

    std::string path_;
    std::map<std::string, std::size_t> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace skin::test
