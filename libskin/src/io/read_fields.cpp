#include "io/read_fields.hpp"

#include <cmath>
#include <limits>

#include "skin/core/error.hpp"
#include "skin/core/units.hpp"

namespace skin::io {
namespace {

const std::vector<std::string> quantity_keys{"value", "unit", "kind", "source",       "lo",        "hi",
                                             "sd",    "n",    "note", "distribution", "uncertain", "fitted_to"};
const std::vector<std::string> choice_keys{"value", "kind", "source", "note", "uncertain", "fitted_to"};
const std::vector<std::string> matrix_keys{"value", "unit", "kind", "source", "note", "uncertain", "fitted_to"};
const std::vector<std::string> plain_matrix_keys{"value", "unit"};
const std::vector<std::string> kinds{"measured", "fitted", "derived", "recalled", "assumed"};
const std::vector<std::string> distributions{"normal", "lognormal", "loguniform", "uniform"};

std::string joined(const std::vector<std::string>& words) {
    std::string result;
    for (const auto& word : words) result += (result.empty() ? "" : ", ") + word;
    return result;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const std::string near = word.size() <= 100 ? nearest_name(word, known) : "";
    return near.empty() ? "" : "; did you mean '" + near + "'?";
}

bool is_number(const Node& node) { return node.type == Node::Type::real || node.type == Node::Type::integer; }

/// A finite number that must be there: value, lo, hi, sd.
double finite(const Node& node, const std::string& name) {
    if (!is_number(node)) fail(node.place, name + " must be a number, not " + std::string{node.type_name()});
    if (!std::isfinite(node.real)) fail(node.place, name + text(" = %g is not a finite number", node.real));
    return node.real;
}

std::string one_of(const Node& table, const std::string& name, std::string_view key,
                   const std::vector<std::string>& known) {
    const std::string word = require_string(table, name, key);
    if (std::find(known.begin(), known.end(), word) == known.end()) {
        fail(table.find(key)->place, name + "." + std::string{key} + " = '" + word +
                                         "' is not one of: " + joined(known) + did_you_mean(word, known));
    }
    return word;
}

/// kind, source, note, ...: the part of a quantity that says where it comes from.
void read_source(const Node& table, const std::string& name, Origin& origin) {
    origin.kind = parse_choice<Kind>(one_of(table, name, "kind", kinds), name);
    origin.source = require_string(table, name, "source");
    if (table.find("note") != nullptr) origin.note = require_string(table, name, "note");
    if (const Node* uncertain = table.find("uncertain")) {
        if (uncertain->type != Node::Type::boolean) {
            fail(uncertain->place,
                 name + ".uncertain must be true or false, not " + std::string{uncertain->type_name()});
        }
        origin.uncertain = uncertain->boolean;
    }
    if (table.find("fitted_to") != nullptr) origin.fitted_to = require_string(table, name, "fitted_to");
    if (origin.kind == Kind::fitted && origin.fitted_to.empty()) {
        fail(table.place,
             name + " has kind 'fitted' but no fitted_to; name the experiment, as in 'experiments/kalluri2011'");
    }
    if (origin.kind != Kind::fitted && !origin.fitted_to.empty()) {
        fail(table.place, name + " has fitted_to but kind '" + std::string{skin::name_of(origin.kind)} +
                              "'; only kind 'fitted' has it");
    }
}

/// lo, hi, sd, n, distribution, given in the unit of the value.
void read_spread(const Node& table, const NumberField& field, const std::string& unit, double value, Origin& origin) {
    const auto in_si = [&](const Node& node, double number) {
        try {
            return units::to_si(number, unit, field.unit);
        } catch (const ParameterError& error) {
            fail(node.place, field.name + ": " + error.what());
        }
    };
    if (const Node* lo = table.find("lo")) origin.lo = in_si(*lo, finite(*lo, field.name + ".lo"));
    if (const Node* hi = table.find("hi")) origin.hi = in_si(*hi, finite(*hi, field.name + ".hi"));
    if (const Node* sd = table.find("sd")) {
        const double width = finite(*sd, field.name + ".sd");
        if (width < 0.0) fail(sd->place, field.name + text(".sd = %g is negative", width));
        origin.sd = in_si(*sd, width) - in_si(*sd, 0.0);  // a width: no offset for degrees Celsius
    }
    if (const Node* n = table.find("n")) {
        if (n->type != Node::Type::integer || n->integer < 1 || n->integer > 100000000) {
            fail(n->place, field.name + ".n = " + n->shown() + " is not a whole number from 1 to 100000000");
        }
        origin.n = static_cast<int>(n->integer);
    }
    if (table.find("distribution") != nullptr)
        origin.distribution = one_of(table, field.name, "distribution", distributions);
    if (origin.lo > origin.hi) {  // false when one is NaN
        fail(table.place,
             field.name + ": lo = " + table.find("lo")->shown() + " lies above hi = " + table.find("hi")->shown());
    }
    const Node& shown = *table.find("value");
    if (value < origin.lo) {
        fail(shown.place,
             field.name + ": value = " + shown.shown() + " lies below its own lo = " + table.find("lo")->shown());
    }
    if (value > origin.hi) {
        fail(shown.place,
             field.name + ": value = " + shown.shown() + " lies above its own hi = " + table.find("hi")->shown());
    }
}

void check_field_range(const Node& node, const NumberField& field, double value, const std::string& shown) {
    if (value >= field.lo && value <= field.hi) return;
    fail(node.place, field.name + " = " + shown + " is outside [" + units::pretty(field.lo, field.unit) + ", " +
                         units::pretty(field.hi, field.unit) + "]");
}

void check_whole(const Node& node, const NumberField& field, double value) {
    if (!field.whole) return;
    if (value != std::floor(value) || std::abs(value) > 1e9) {
        fail(node.place, field.name + " = " + node.shown() + " must be a whole number");
    }
}

double read_sourced_number(const Node& node, const NumberField& field, Origin& origin) {
    if (node.type != Node::Type::table) {
        fail(node.place,
             field.name + " must be a table { value, unit, kind, source }, not " + std::string{node.type_name()});
    }
    check_known(node, field.name, quantity_keys);
    const Node* value = node.find("value");
    if (value == nullptr) missing_key(node, field.name, "value");
    const double number = finite(*value, field.name + ".value");
    const std::string unit = require_string(node, field.name, "unit");
    double si = 0.0;
    try {
        si = units::to_si(number, unit, field.unit);
    } catch (const ParameterError& error) {
        fail(value->place, field.name + ": " + error.what());
    }
    check_whole(*value, field, si);
    check_field_range(*value, field, si, value->shown() + (unit == "1" ? "" : " " + unit));
    read_source(node, field.name, origin);
    read_spread(node, field, unit, si, origin);
    return si;
}

double read_plain_number(const Node& node, const NumberField& field) {
    double si = 0.0;
    std::string shown;
    if (node.type == Node::Type::string) {
        try {
            si = units::parse(node.string, field.unit);
        } catch (const ParameterError& error) {
            fail(node.place, field.name + ": " + error.what());
        }
        shown = node.string;
    } else if (is_number(node)) {
        si = finite(node, field.name);
        shown = node.shown();
        if (field.unit != "1") {
            fail(node.place, field.name + " = " + shown + " has no unit; write a text such as \"" + shown + " " +
                                 std::string{field.unit} + "\"");
        }
    } else {
        const std::string wanted =
            field.unit == "1" ? "a number" : "a text such as \"1 " + std::string{field.unit} + "\"";
        fail(node.place, field.name + " must be " + wanted + ", not " + std::string{node.type_name()});
    }
    check_whole(node, field, si);
    check_field_range(node, field, si, shown);
    return si;
}

/// The value of { value, kind, source } or the plain value itself.
const Node& unwrapped(const Node& node, const std::string& name, Style style, Origin& origin) {
    if (style == Style::plain || node.type != Node::Type::table) return node;
    check_known(node, name, choice_keys);
    const Node* value = node.find("value");
    if (value == nullptr) missing_key(node, name, "value");
    read_source(node, name, origin);
    return *value;
}

}  // namespace

double read_number(const Node& node, const NumberField& field, Style style, Origin& origin) {
    return style == Style::sourced ? read_sourced_number(node, field, origin) : read_plain_number(node, field);
}

RowMatrix read_matrix(const Node& node, const NumberField& field, Style style, Origin& origin) {
    if (node.type != Node::Type::table) {
        fail(node.place, field.name + " must be a table { value = [[...], ...], unit" +
                             (style == Style::sourced ? ", kind, source" : "") + " }, not " +
                             std::string{node.type_name()});
    }
    check_known(node, field.name, style == Style::sourced ? matrix_keys : plain_matrix_keys);
    const Node* value = node.find("value");
    if (value == nullptr) missing_key(node, field.name, "value");
    const std::string unit = require_string(node, field.name, "unit");
    if (value->type != Node::Type::array || value->items.empty()) {
        fail(value->place, field.name + ".value must be rows of numbers, as in [[0, 4], [100, 20]]");
    }
    if (value->items.size() > 100000) fail(value->place, field.name + ".value has more than 100000 rows");
    const std::size_t columns = value->items.front().items.size();
    RowMatrix result(static_cast<Eigen::Index>(value->items.size()), static_cast<Eigen::Index>(columns));
    for (std::size_t i = 0; i < value->items.size(); ++i) {
        const Node& row = value->items[i];
        const std::string row_name = field.name + ".value[" + std::to_string(i) + "]";
        if (row.type != Node::Type::array || row.items.size() != columns || columns == 0) {
            fail(row.place, row_name + " must be a row of " + (columns == 0 ? "" : std::to_string(columns) + " ") +
                                "numbers like the first one");
        }
        for (std::size_t j = 0; j < columns; ++j) {
            const std::string cell = row_name + "[" + std::to_string(j) + "]";
            double si = 0.0;
            try {
                si = units::to_si(finite(row.items[j], cell), unit, field.unit);
            } catch (const ParameterError& error) {
                fail(row.items[j].place, cell + ": " + error.what());
            }
            check_field_range(row.items[j], {cell, field.unit, field.lo, field.hi}, si,
                              row.items[j].shown() + " " + unit);
            result(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = si;
        }
    }
    if (style == Style::sourced) read_source(node, field.name, origin);
    return result;
}

std::vector<double> read_column(const Node& node, const NumberField& field, Style style, Origin& origin) {
    if (node.type != Node::Type::array) {
        fail(node.place, field.name + " must be an array, not " + std::string{node.type_name()});
    }
    if (node.items.size() > 100000) fail(node.place, field.name + " has more than 100000 entries");
    std::vector<double> column;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        NumberField entry = field;
        entry.name += "[" + std::to_string(i) + "]";
        column.push_back(read_number(node.items[i], entry, style, origin));
    }
    return column;
}

bool read_bool(const Node& node, const std::string& name, Style style, Origin& origin) {
    const Node& value = unwrapped(node, name, style, origin);
    if (value.type != Node::Type::boolean) {
        fail(value.place, name + " must be true or false, not " + std::string{value.type_name()});
    }
    return value.boolean;
}

std::string read_string(const Node& node, const std::string& name, Style style, Origin& origin) {
    const Node& value = unwrapped(node, name, style, origin);
    if (value.type != Node::Type::string) {
        fail(value.place, name + " must be a string, not " + std::string{value.type_name()});
    }
    if (value.string.empty()) fail(value.place, name + " is empty");
    return value.string;
}

const Node& as_table(const Node& node, const std::string& name) {
    if (node.type == Node::Type::table) return node;
    fail(node.place, name + " must be a table, not " + std::string{node.type_name()});
}

const Node& as_array_of_tables(const Node& node, const std::string& name) {
    if (node.type != Node::Type::array) {
        fail(node.place, name + " must be an array of tables [[" + name + "]], not " + std::string{node.type_name()});
    }
    for (const Node& item : node.items) as_table(item, name);
    return node;
}

void check_known(const Node& table, const std::string& path, const std::vector<std::string>& known) {
    for (const auto& entry : table.entries) {
        if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
        const std::string key = entry.key.size() > 60 ? entry.key.substr(0, 60) + "..." : entry.key;
        fail(entry.place,
             "unknown key '" + key + "'" + (path.empty() ? "" : " in " + path) + did_you_mean(entry.key, known));
    }
}

void missing_key(const Node& table, const std::string& path, std::string_view key) {
    fail(table.place, "missing key '" + std::string{key} + "'" + (path.empty() ? "" : " in " + path));
}

std::string require_string(const Node& table, const std::string& path, std::string_view key) {
    const Node* node = table.find(key);
    if (node == nullptr) missing_key(table, path, key);
    Origin unused;
    return read_string(*node, path.empty() ? std::string{key} : path + "." + std::string{key}, Style::plain, unused);
}

}  // namespace skin::io
