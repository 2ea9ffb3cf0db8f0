#include "skin/treatment/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "skin/core/constants.hpp"
#include "skin/core/error.hpp"
#include "skin/core/units.hpp"
#include "skin/treatment/session.hpp"

namespace skin {

namespace {

using units::pretty;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double collagen_at_end(const HealingResult& healing, std::string_view layer) {
    for (const auto& name : healing.layer) {
        if (name == layer) return healing.collagen_gain(layer);
    }
    return nan_value;
}

std::string percent(double share) { return std::isnan(share) ? "-" : text("%.3g %%", 100.0 * share); }

std::string per_area(double density) { return text("%.3g per cm2", 1.0e-4 * density); }

std::string days(double seconds) { return text("%.3g days", seconds / constants::day); }

/// Two columns: what, and how much.
void line(std::string& table, const char* what, const std::string& value) {
    table += text("  %-34s %s\n", what, value.c_str());
}

std::string device_words(const Device& device) {
    const Needle& needle = needle_of(device);
    const char* kind = std::holds_alternative<Pen>(device)      ? "pen"
                       : std::holds_alternative<Roller>(device) ? "roller"
                                                                : "stamp";
    const std::string id = std::visit([](const auto& d) { return d.id; }, device);
    return text("%s %s, %d needles of %s", kind, id.c_str(), needle_count(device), pretty(needle.length, "m").c_str());
}

std::string band_words(DepthBand band) {
    switch (band) {
        case DepthBand::home:
            return "home band, below 0.5 mm";
        case DepthBand::salon:
            return "salon band, 0.5 mm to below 1.5 mm";
        case DepthBand::medical:
            return "medical band, 1.5 mm and more";
    }
    return "";
}

void write_person(std::string& table, const Skin& skin) {
    const Person& person = skin.person;
    const std::string sex = person.sex == Sex::unspecified ? std::string{} : ", " + std::string{name_of(person.sex)};
    line(table, "skin", text("%s, %g years%s", skin.id.c_str(), person.age_years, sex.c_str()));
}

/// How deep a needle goes hangs on a law that no experiment has settled: say what the other one gives.
void write_other_law(std::string& table, const TreatmentResult& result) {
    if (result.sessions.empty()) return;
    const Eigen::VectorXd& depth = result.sessions.front().insertion.toughness_law_depth;
    const auto chosen = static_cast<Eigen::Index>(result.settings.insertion.toughness_law);
    for (const auto& [law, name] : EnumNames<ToughnessLaw>::entries) {
        const auto other = static_cast<Eigen::Index>(law);
        if (other == chosen || other >= depth.size() || chosen >= depth.size()) continue;
        line(table, "under the other toughness law",
             pretty(depth[other], "m") + text("   (%s; mean strike, ", std::string{name}.c_str()) +
                 pretty(depth[chosen], "m") + " under " +
                 std::string{name_of(result.settings.insertion.toughness_law)} + ")");
    }
}

void write_depth(std::string& table, const TreatmentResult& result) {
    const Summary& s = result.summary;
    table += "\nDepth (first session)\n";
    line(table, "set on the device", pretty(s.setting, "m") + "   (" + band_words(s.band) + ")");
    line(table, "reached, mean",
         pretty(s.depth_mean, "m") + "   (5 % of strikes above " + pretty(s.depth_low, "m") + ", 5 % below " +
             pretty(s.depth_high, "m") + ")");
    write_other_law(table, result);
    for (Eigen::Index i = 0; i < s.reached.size() && i < static_cast<Eigen::Index>(result.skin.layers.size()); ++i) {
        const std::string what = "tip gets into " + result.skin.layers[static_cast<std::size_t>(i)].name;
        line(table, what.c_str(), percent(s.reached[i]) + " of strikes");
    }
    line(table, "holes", per_area(s.holes_per_area));
}

/// One paragraph, broken at blanks after about 110 characters.
std::string wrapped(const std::string& words, const std::string& indent) {
    constexpr std::size_t width = 110;
    std::string result, row;
    std::size_t at = 0;
    while (at < words.size()) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        const std::string word = words.substr(at, end - at);
        if (!row.empty() && row.size() + 1 + word.size() > width) {
            result += row + "\n" + indent;
            row.clear();
        }
        row += (row.empty() ? "" : " ") + word;
        at = end + 1;
    }
    return result + row;
}

void write_wound(std::string& table, const TreatmentResult& result) {
    const Summary& s = result.summary;
    table += "\nSkin (first session)\n";
    line(table, "holes torn open", percent(s.tear_fraction));
    line(table, "tear risk index", text("%.3g   (not a probability of a clinical tear)", s.risk_index));
    line(table, "dots of blood", per_area(s.dots_per_area));
    const double followed = closure_duration(result.protocol);
    line(table, "barrier recovered (impedance)",
         std::isnan(s.barrier_time) ? "not within " + pretty(followed, "s") : "after " + pretty(s.barrier_time, "s"));
    line(table, "irritation index", text("%.3g   (1: clinical irritant threshold)", s.irritation));
    if (!result.sessions.empty()) {
        // The first sentence is the index itself, the others say what it comes from, what to look out for, what is not
        // known.
        for (const std::string& sentence : tear_words(result.sessions.front().tearing)) {
            table += "  - " + wrapped(sentence, "    ") + "\n";
        }
    }
}

void write_products(std::string& table, const TreatmentResult& result) {
    if (result.protocol.applications.empty() || result.sessions.empty()) return;
    table += "\nProducts, " + pretty(result.protocol.delivery_duration, "s") + " after the first strike\n";
    for (const Application& application : result.protocol.applications) {
        const auto found = result.sessions.front().delivery.find(application.name);
        if (found == result.sessions.front().delivery.end()) continue;
        const DeliveryResult& delivery = found->second;
        const std::string what = application.name + ": " + application.topical.active.id;
        line(table, what.c_str(),
             pretty(delivery.delivered, "kg/m^2") + " below the stratum corneum of " + pretty(delivery.dose, "kg/m^2") +
                 " put on " + std::string{name_of(application.when)});
    }
}

void write_healing(std::string& table, const TreatmentResult& result) {
    const Summary& s = result.summary;
    table += "\nHealing, " + days(result.protocol.horizon) + " after the first of " +
             std::to_string(result.protocol.sessions) + (result.protocol.sessions == 1 ? " session\n" : " sessions\n");
    line(table, "redness after the last session",
         s.erythema_duration > 0.0 ? pretty(s.erythema_duration, "s") : "not visible");
    const auto collagen = [&](const char* what, const char* layer, double gain) {
        std::string words = percent(gain) + " of the baseline";
        for (std::size_t i = 0; i < result.healing.layer.size(); ++i) {
            const auto k = static_cast<Eigen::Index>(i);
            if (result.healing.layer[i] != layer || k >= result.healing.collagen_gain_low.size() ||
                k >= result.healing.collagen_gain_high.size()) {
                continue;
            }
            const double low = result.healing.collagen_gain_low[k], high = result.healing.collagen_gain_high[k];
            if (!std::isnan(low) && !std::isnan(high))
                words += "   (90 % band " + percent(low) + " to " + percent(high) + ")";
        }
        line(table, what, words);
    };
    collagen("new collagen, papillary dermis", "papillary_dermis", s.collagen_papillary);
    collagen("new collagen, reticular dermis", "reticular_dermis", s.collagen_reticular);
}

}  // namespace

Summary summarise(const TreatmentResult& result) {
    Summary s;
    s.band = depth_band(result.protocol.device);
    s.setting = nominal_setting(result.protocol.device);
    if (!result.sessions.empty()) {
        const SessionResult& first = result.sessions.front();
        s.depth_mean = first.insertion.depth_mean;
        s.depth_low = first.insertion.depth.size() > 0 ? first.insertion.depth_quantile(0.05) : 0.0;
        s.depth_high = first.insertion.depth.size() > 0 ? first.insertion.depth_quantile(0.95) : 0.0;
        s.reached = first.insertion.reached;
        s.holes_per_area = first.insertion.holes_per_area;
        s.tear_fraction = first.tearing.tear_fraction;
        s.risk_index = first.tearing.risk_index;
        s.dots_per_area = first.bleeding.dots_per_area;
        s.barrier_time = first.recovery.time_to_recover("impedance");
        s.irritation = first.safety.irritation;
    }
    s.erythema_duration = result.healing.erythema_duration;
    s.collagen_papillary = collagen_at_end(result.healing, "papillary_dermis");
    s.collagen_reticular = collagen_at_end(result.healing, "reticular_dermis");
    return s;
}

std::string summary(const TreatmentResult& result) {
    std::string table = (result.protocol.title.empty() ? result.protocol.id : result.protocol.title) + "\n";
    write_person(table, result.skin);
    line(table, "device", device_words(result.protocol.device));
    line(table, "seed", std::to_string(result.provenance.seed) + ", libskin " + result.provenance.libskin_version);
    write_depth(table, result);
    write_wound(table, result);
    write_products(table, result);
    write_healing(table, result);
    if (!result.info.warnings.empty()) {
        table += "\nWarnings\n";
        for (const Warning& warning : result.info.warnings) {
            // The long list of names is for reports; here the count is enough.
            const auto names = warning.code == "unchecked_parameters" ? warning.message.find(':') : std::string::npos;
            const std::string message = warning.message.substr(0, names);
            table += "  - " + wrapped(warning.where + ": " + message, "    ") + "\n";
        }
    }
    return table;
}

}  // namespace skin
