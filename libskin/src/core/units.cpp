#include "skin/core/units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <optional>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin::units {
namespace {

// Exponents of m, kg, s, K, mol, A and rad. SI counts the radian as 1; here it stays apart, so that "45 deg" is not
// taken for a share and "3000 rpm" not for a frequency in rad/s (see `revolutions`).
using Dimension = std::array<int, 7>;
constexpr std::size_t angle = 6;

/// A unit in SI: 10^decimals factor/divisor. The powers of ten stay apart so that "1.5 mm" is the double that C++ reads
/// in 1.5e-3, and the divisor so that "0.25 1/day" is 0.25/86400: data files and defaults in code then agree to the
/// bit.
struct Unit {
    Dimension dimension{};
    int decimals = 0;
    double factor = 1.0;
    double divisor = 1.0;
    double offset = 0.0;       ///< not zero for degrees Celsius, which may only stand alone
    bool revolutions = false;  ///< rpm alone: revolutions per time where a frequency is expected, rad/s else
};

struct NamedUnit {
    std::string_view name;
    Dimension dimension;
    int decimals;
    double factor;
    bool prefixed;  ///< may carry an SI prefix
};

constexpr double minute = 60.0, hour = 3600.0, day = 86400.0;
constexpr Dimension none{};
constexpr Dimension length{1, 0, 0, 0, 0, 0, 0}, mass{0, 1, 0, 0, 0, 0, 0}, time_{0, 0, 1, 0, 0, 0, 0},
    temperature{0, 0, 0, 1, 0, 0, 0}, amount{0, 0, 0, 0, 1, 0, 0}, current{0, 0, 0, 0, 0, 1, 0},
    radian{0, 0, 0, 0, 0, 0, 1}, force{1, 1, -2, 0, 0, 0, 0}, pressure{-1, 1, -2, 0, 0, 0, 0},
    energy{2, 1, -2, 0, 0, 0, 0}, power{2, 1, -3, 0, 0, 0, 0}, frequency{0, 0, -1, 0, 0, 0, 0},
    volume{3, 0, 0, 0, 0, 0, 0}, molar_mass{0, 1, 0, 0, -1, 0, 0}, molarity{-3, 0, 0, 0, 1, 0, 0},
    viscosity{-1, 1, -1, 0, 0, 0, 0}, voltage{2, 1, -3, 0, 0, -1, 0}, resistance{2, 1, -3, 0, 0, -2, 0},
    conductance{-2, -1, 3, 0, 0, 2, 0};

// Units of the field. Exact by definition, but for the rounded mmHg (133.322387415 Pa, BIPM).
constexpr std::array named_units{
    NamedUnit{"1", none, 0, 1.0, false},
    NamedUnit{"%", none, -2, 1.0, false},
    NamedUnit{"ppm", none, -6, 1.0, false},
    NamedUnit{"m", length, 0, 1.0, true},
    NamedUnit{"g", mass, -3, 1.0, true},
    NamedUnit{"s", time_, 0, 1.0, true},
    NamedUnit{"min", time_, 0, minute, false},
    NamedUnit{"h", time_, 0, hour, false},
    NamedUnit{"d", time_, 0, day, false},
    NamedUnit{"day", time_, 0, day, false},
    NamedUnit{"days", time_, 0, day, false},
    NamedUnit{"week", time_, 0, 7.0 * day, false},
    NamedUnit{"weeks", time_, 0, 7.0 * day, false},
    NamedUnit{"K", temperature, 0, 1.0, true},
    NamedUnit{"mol", amount, 0, 1.0, true},
    NamedUnit{"A", current, 0, 1.0, true},
    NamedUnit{"rad", radian, 0, 1.0, true},
    NamedUnit{"deg", radian, 0, std::numbers::pi, false},
    NamedUnit{"N", force, 0, 1.0, true},
    NamedUnit{"Pa", pressure, 0, 1.0, true},
    NamedUnit{"bar", pressure, 5, 1.0, true},
    NamedUnit{"mmHg", pressure, 0, 133.322387415, false},
    NamedUnit{"J", energy, 0, 1.0, true},
    NamedUnit{"W", power, 0, 1.0, true},
    NamedUnit{"Hz", frequency, 0, 1.0, true},
    NamedUnit{"L", volume, -3, 1.0, true},
    NamedUnit{"l", volume, -3, 1.0, true},
    NamedUnit{"Da", molar_mass, -3, 1.0, true},
    NamedUnit{"M", molarity, 3, 1.0, true},
    NamedUnit{"cP", viscosity, -3, 1.0, false},
    NamedUnit{"V", voltage, 0, 1.0, true},
    NamedUnit{"ohm", resistance, 0, 1.0, true},
    NamedUnit{"S", conductance, 0, 1.0, true},
};

struct Prefix {
    char letter;
    int decimals;
};
constexpr std::array prefixes{Prefix{'p', -12}, Prefix{'n', -9}, Prefix{'u', -6}, Prefix{'m', -3}, Prefix{'c', -2},
                              Prefix{'d', -1},  Prefix{'k', 3},  Prefix{'M', 6},  Prefix{'G', 9}};

std::optional<Unit> find_unit(std::string_view name) {
    for (const auto& unit : named_units) {
        if (unit.name == name)
            return Unit{unit.dimension, unit.decimals, unit.factor, unit.name == "deg" ? 180.0 : 1.0};
    }
    if (name == "degC") return Unit{temperature, 0, 1.0, 1.0, 273.15};
    if (name == "rpm") return Unit{{0, 0, -1, 0, 0, 0, 1}, 0, 2.0 * std::numbers::pi, minute, 0.0, true};
    if (name.size() < 2) return std::nullopt;
    for (const auto& prefix : prefixes) {
        if (prefix.letter != name.front()) continue;
        for (const auto& unit : named_units) {
            if (unit.prefixed && unit.name == name.substr(1)) {
                return Unit{unit.dimension, prefix.decimals + unit.decimals, unit.factor};
            }
        }
    }
    return std::nullopt;
}

/// Names for "did you mean": units, also with prefixes, that start like `word`; any two short names are near each
/// other.
std::vector<std::string> names_like(std::string_view word) {
    const auto alike = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    };
    std::vector<std::string> names{"degC", "rpm"};
    for (const auto& unit : named_units) names.emplace_back(unit.name);
    for (const auto& unit : named_units) {
        if (!unit.prefixed) continue;
        for (const auto& prefix : prefixes) names.push_back(prefix.letter + std::string{unit.name});
    }
    std::erase_if(names, [&](const std::string& name) { return !alike(name.front(), word.front()); });
    return names;
}

/// Letters beyond ASCII that people paste, in the spelling of this parser.
std::string plain(std::string_view given) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> spellings{{
        {"\xC2\xB5", "u"},  // micro sign
        {"\xCE\xBC", "u"},  // Greek mu
        {"\xC2\xB0"
         "C",
         "degC"},
        {"\xC2\xB0", "deg"},
        {"\xE2\x84\xA6", "ohm"},  // ohm sign
        {"\xCE\xA9", "ohm"},      // Greek Omega
        {"\xC2\xB2", "^2"},
        {"\xC2\xB3", "^3"},
        {"\xC2\xB7", "*"},  // middle dot
        {"\xC2\xA0", " "},  // no-break space
    }};
    std::string result;
    while (!given.empty()) {
        bool replaced = false;
        for (const auto& [from, to] : spellings) {
            if (!given.starts_with(from)) continue;
            result += to;
            given.remove_prefix(from.size());
            replaced = true;
            break;
        }
        if (replaced) continue;
        result += given.front();
        given.remove_prefix(1);
    }
    return result;
}

std::string_view trimmed(std::string_view s) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = s.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(blanks) - first + 1);
}

/// At most 60 characters of the text for a message, so that garbage does not fill the screen.
std::string quoted(std::string_view s) {
    std::string result = "'";
    for (const char c : s.substr(0, 60)) {
        const auto byte = static_cast<unsigned char>(c);
        result += byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    return result + (s.size() > 60 ? "...'" : "'");
}

/// product = factor { ('*' | '/' | ' ') factor };  factor = ( name | '(' product ')' ) [ '^' integer ]
class UnitParser {
public:
    UnitParser(std::string_view unit, std::string_view shown) : rest_(unit), shown_(shown) {}

    Unit parse() {
        Unit result;
        if (rest_.starts_with('/')) {  // "/cm^2": one per square centimetre
            result = product(Unit{}, true);
        } else {
            result = product(factor(), false);
        }
        if (!rest_.empty()) fail("has '" + std::string(1, rest_.front()) + "' where a unit was expected");
        return result;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw ParameterError(quoted(shown_) + " " + what); }

    void skip_blanks() {
        while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
    }

    Unit product(Unit result, bool divide_first) {
        bool divided = false;
        for (bool first = true;; first = false) {
            const std::size_t before = rest_.size();
            skip_blanks();
            const bool blank = rest_.size() != before;
            if (rest_.empty() || rest_.front() == ')') return result;
            bool divide = false;
            if (rest_.front() == '/' || rest_.front() == '*') {
                divide = rest_.front() == '/';
                rest_.remove_prefix(1);
                skip_blanks();
            } else if (!blank && !(first && divide_first)) {
                return result;  // the caller names the odd character
            }
            // "g/m^2 h" is read as g/(m^2 h) by one and as (g/m^2) h by the next: ask.
            if (divided && !divide)
                fail("is ambiguous after '/': put the denominator in parentheses, as in 'g/(m^2 h)'");
            divided = divided || divide;
            result = combine(result, factor(), divide ? -1 : 1);
        }
    }

    Unit factor() {
        skip_blanks();
        Unit base;
        if (rest_.starts_with('(')) {
            if (++depth_ > 8) fail("has too many parentheses");
            rest_.remove_prefix(1);
            base = product(factor(), false);
            if (!rest_.starts_with(')')) fail("lacks a ')'");
            rest_.remove_prefix(1);
            --depth_;
        } else {
            base = name();
        }
        if (!rest_.starts_with('^')) return base;
        rest_.remove_prefix(1);
        int exponent = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), exponent);
        if (error != std::errc{} || exponent < -12 || exponent > 12)
            fail("lacks a whole number from -12 to 12 after '^'");
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        if (exponent == 1) return base;
        return combine(Unit{}, base, exponent);
    }

    Unit name() {
        constexpr std::string_view ends = " \t*/^()";
        const std::string_view word = rest_.substr(0, rest_.find_first_of(ends));
        if (word.empty()) {
            fail(rest_.empty() ? "ends where a unit was expected"
                               : "has '" + std::string(1, rest_.front()) + "' where a unit was expected");
        }
        const auto unit = find_unit(word);
        if (!unit) unknown(word);
        rest_.remove_prefix(word.size());
        return *unit;
    }

    [[noreturn]] void unknown(std::string_view word) const {
        const auto letters = word.find_last_not_of("0123456789");
        if (letters != std::string_view::npos && letters + 1 < word.size() && find_unit(word.substr(0, letters + 1))) {
            fail("has the unknown unit " + quoted(word) + "; did you mean '" +
                 std::string{word.substr(0, letters + 1)} + "^" + std::string{word.substr(letters + 1)} + "'?");
        }
        if (word.size() > 1 && word.front() == ',' && std::isdigit(static_cast<unsigned char>(word[1])) != 0) {
            fail("has a decimal comma; write a point");
        }
        const std::string near = word.size() <= 12 ? nearest_name(word, names_like(word)) : "";
        fail("has the unknown unit " + quoted(word) + (near.empty() ? "" : "; did you mean '" + near + "'?"));
    }

    Unit combine(Unit a, const Unit& b, int exponent) const {
        if (a.offset != 0.0 || b.offset != 0.0) fail("uses degC in a product; write K there");
        for (std::size_t i = 0; i < a.dimension.size(); ++i) a.dimension[i] += exponent * b.dimension[i];
        a.decimals += exponent * b.decimals;
        for (int i = 0; i < std::abs(exponent); ++i) {
            a.factor *= exponent > 0 ? b.factor : b.divisor;
            a.divisor *= exponent > 0 ? b.divisor : b.factor;
        }
        a.revolutions = false;
        return a;
    }

    std::string_view rest_, shown_;
    int depth_ = 0;
};

struct NamedDimension {
    std::string_view unit, meaning;
};
// The first entry of a dimension names it in messages.
constexpr std::array named_dimensions{
    NamedDimension{"1", "a pure number"},
    NamedDimension{"m", "a length"},
    NamedDimension{"m^2", "an area"},
    NamedDimension{"m^3", "a volume"},
    NamedDimension{"kg", "a mass"},
    NamedDimension{"s", "a time"},
    NamedDimension{"K", "a temperature"},
    NamedDimension{"mol", "an amount of substance"},
    NamedDimension{"rad", "an angle"},
    NamedDimension{"rad/s", "an angular speed"},
    NamedDimension{"m/s", "a speed"},
    NamedDimension{"N", "a force"},
    NamedDimension{"Pa", "a pressure"},
    NamedDimension{"J", "an energy"},
    NamedDimension{"W", "a power"},
    NamedDimension{"1/s", "a rate"},
    NamedDimension{"1/m^2", "a number per area"},
    NamedDimension{"kg/m^2", "a mass per area"},
    NamedDimension{"kg/m^3", "a mass per volume"},
    NamedDimension{"kg/mol", "a molar mass"},
    NamedDimension{"mol/m^3", "a molar concentration"},
    NamedDimension{"m^2/s", "a diffusivity"},
    NamedDimension{"m^3/s", "a volume flow"},
    NamedDimension{"Pa s", "a viscosity"},
    NamedDimension{"N/m", "a force per length"},
    NamedDimension{"kg/(m^2 s)", "a mass flux"},
};

/// "a pressure [Pa]", or the base units where nothing short is known.
std::string describe(const Dimension& dimension) {
    for (const auto& [unit, meaning] : named_dimensions) {
        if (UnitParser(unit, unit).parse().dimension == dimension)
            return std::string{meaning} + " [" + std::string{unit} + "]";
    }
    constexpr std::array<std::string_view, 7> base{"m", "kg", "s", "K", "mol", "A", "rad"};
    std::string result;
    for (std::size_t i = 0; i < base.size(); ++i) {
        if (dimension[i] == 0) continue;
        result += (result.empty() ? "" : " ") + std::string{base[i]};
        if (dimension[i] != 1) result += "^" + std::to_string(dimension[i]);
    }
    return "of dimension [" + result + "]";
}

/// value 10^decimals as the shortest decimal text of `value` with its exponent moved: exact for what people type.
double shifted(double value, int decimals) {
    if (decimals == 0 || value == 0.0) return value;
    std::array<char, 64> digits{};
    auto [end, error] = std::to_chars(digits.data(), digits.data() + 40, value, std::chars_format::scientific);
    char* exponent = std::find(digits.data(), end, 'e');
    int ten = 0;
    const char* first = exponent + (exponent[1] == '+' ? 2 : 1);
    std::from_chars(first, end, ten);
    exponent[0] = 'e';
    end = std::to_chars(exponent + 1, digits.data() + digits.size(), ten + decimals).ptr;
    double result = 0.0;
    const auto status = std::from_chars(digits.data(), end, result).ec;
    if (status == std::errc{}) return result;
    return ten + decimals > 0 ? std::copysign(HUGE_VAL, value) : 0.0;
}

/// `value` in `unit` as SI; `shown` is the text as the person wrote it.
double convert(double value, std::string_view unit, std::string_view expected, std::string_view shown) {
    if (!std::isfinite(value)) throw ParameterError(quoted(shown) + " is not a finite number");
    if (unit.size() > 200) throw ParameterError(quoted(shown) + " is too long for a unit");
    const std::string spelled = plain(unit);
    Unit given = UnitParser(trimmed(spelled), shown).parse();
    const Unit target = UnitParser(expected, expected).parse();
    if (given.revolutions && target.dimension == frequency) {
        given.dimension[angle] = 0;
        given.factor = 1.0;
    }
    if (given.dimension != target.dimension) {
        throw ParameterError(quoted(shown) + " is " + describe(given.dimension) + "; expected " +
                             describe(target.dimension));
    }
    const double result = shifted(value, given.decimals) * given.factor / given.divisor + given.offset;
    if (!std::isfinite(result)) throw ParameterError(quoted(shown) + " is too large");
    return result;
}

/// The number at the start of `s`, which it removes. Independent of the locale; no "nan", no "inf".
std::optional<double> take_number(std::string_view& s) {
    if (s.starts_with("+-")) return std::nullopt;
    const char* first = s.data() + (s.starts_with('+') ? 1 : 0);  // from_chars takes '-' only
    double value = 0.0;
    const auto [end, error] = std::from_chars(first, s.data() + s.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    s.remove_prefix(static_cast<std::size_t>(end - s.data()));
    return value;
}

}  // namespace

double parse(std::string_view quantity, std::string_view expected) {
    std::string_view rest = trimmed(quantity);
    if (rest.empty()) {
        throw ParameterError("an empty text is no quantity; expected a number and a unit like '" +
                             std::string{expected} + "'");
    }
    const auto value = take_number(rest);
    if (!value) {
        throw ParameterError(quoted(quantity) +
                             " does not start with a finite number; expected a number and a unit like '" +
                             std::string{expected} + "'");
    }
    rest = trimmed(rest);
    return convert(*value, rest.empty() ? "1" : rest, expected, trimmed(quantity));
}

double to_si(double value, std::string_view unit, std::string_view expected) {
    const std::string shown = text("%g ", value) + std::string{trimmed(unit)};
    if (trimmed(unit).empty()) throw ParameterError("an empty text is no unit; write \"1\" for a pure number");
    return convert(value, unit, expected, shown);
}

namespace {
struct Scale {
    std::string_view si_unit;
    std::vector<std::string_view> shown;  ///< from small to large
};
}  // namespace

std::string pretty(double value, std::string_view si_unit) {
    static const std::vector<Scale> scales{
        {"m", {"nm", "um", "mm", "m"}},
        {"m^2", {"um^2", "mm^2", "cm^2", "m^2"}},
        {"m^3", {"nL", "uL", "mL", "L", "m^3"}},
        {"m^3/s", {"nL/s", "uL/s", "mL/s"}},
        {"m^3/m^2", {"nL/cm^2", "uL/cm^2", "mL/cm^2"}},
        {"m/s", {"nm/s", "um/s", "mm/s", "m/s"}},
        {"m^2/s", {"um^2/s", "mm^2/s", "m^2/s"}},
        {"s", {"ms", "s", "min", "h", "day"}},
        {"N", {"uN", "mN", "N", "kN"}},
        {"Pa", {"Pa", "kPa", "MPa", "GPa"}},
        {"Pa s", {"mPa s", "Pa s", "kPa s"}},
        {"J", {"nJ", "uJ", "mJ", "J"}},
        {"J/m^2", {"J/m^2", "kJ/m^2"}},
        {"J/m^3", {"J/m^3", "kJ/m^3", "MJ/m^3"}},
        {"kg", {"ng", "ug", "mg", "g", "kg"}},
        {"kg/mol", {"g/mol", "kg/mol"}},
        {"kg/m^2", {"ng/cm^2", "ug/cm^2", "mg/cm^2", "kg/m^2"}},
        {"1/m^2", {"1/m^2", "1/cm^2", "1/mm^2"}},
        {"rad", {"deg"}},
        {"W", {"mW", "W", "kW"}},
    };
    if (!std::isfinite(value)) return text("%g", value);
    std::string_view unit = si_unit;
    double shown = value;
    for (const auto& scale : scales) {
        if (scale.si_unit != si_unit) continue;
        for (const auto& candidate : scale.shown) {
            const double here = value / to_si(1.0, candidate, si_unit);
            // The largest unit in which the number is at least one (a hair less, for 0.9999999 mm); 0 stays in SI.
            if (candidate == scale.shown.front() || std::abs(here) >= 1.0 - 1e-9) {
                unit = candidate;
                shown = here;
            }
        }
        if (value == 0.0) {
            unit = si_unit;
            shown = 0.0;
        }
    }
    const std::string number = text("%.4g", shown);
    return unit == "1" || unit.empty() ? number : number + " " + std::string{unit};
}

}  // namespace skin::units
