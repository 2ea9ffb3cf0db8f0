// What a person should know of a tearing result, in sentences.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/tearing.hpp"

namespace skin {

namespace {

std::string plain(const std::string& cause, bool drum) {
    if (cause == "slip") return drum ? "slip of the drum" : "drag by the hand";
    if (cause == "side_slip") return "side-slip";
    if (cause == "yaw") return "rolling in a curve";
    if (cause == "stroke_ends") return "touchdown and lift";
    if (cause == "turn_pressed") return "turning with the needles in the skin";
    if (cause == "jammed") return "a drum that jams";
    if (cause == "lifted") return "rolling to and fro without lifting";
    if (cause == "length") return "needle length";
    if (cause == "condition") return "sun damage, steroid and dryness";
    if (cause == "junction") return "the junction under the epidermis";
    if (cause == "rest") return "free rolling of the shortest needle in young skin";
    return cause;
}

/// "side-slip 48 %, age 30 %": shares of at least 5 %, largest first.
std::string causes(const TearingResult& r) {
    std::vector<std::size_t> order(r.cause.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto share = [&](std::size_t k) { return r.risk_by_cause[static_cast<Eigen::Index>(k)] / r.risk_index; };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return share(a) > share(b); });
    constexpr double worth_saying = 0.05;
    std::string words;
    for (const std::size_t k : order) {
        if (share(k) < worth_saying) break;
        words += (words.empty() ? "" : ", ") + plain(r.cause[k], std::isfinite(r.rolling_radius)) +
                 text(" %.0f %%", 100.0 * share(k));
    }
    return words;
}

}  // namespace

std::vector<std::string> tear_words(const TearingResult& r) {
    std::vector<std::string> lines;
    if (!(r.risk_index > 0.0) && !(r.risk_high > 0.0)) return lines;
    lines.push_back(
        text("tear risk index %.2g, 90 %% band %.2g to %.2g: a prediction without direct data, for ranking; not "
             "the probability of a clinical tear",
             r.risk_index, r.risk_low, r.risk_high));
    if (r.risk_index > 0.0 && r.cause.size() == static_cast<std::size_t>(r.risk_by_cause.size())) {
        const std::string shares = causes(r);
        if (!shares.empty()) lines.push_back("it comes from: " + shares);
    }
    if (r.needle_bent) {
        lines.emplace_back(
            r.hooked_tip ? "needle bent, hooked tip: a needle yields inside the skin, and its hook may tear on the "
                           "way out; throw it away"
                         : "needle bent: the lateral load bends the shank for good before or while it cuts");
    }
    if (r.junction_critical_slide > 0.0 && r.junction_slide > r.junction_critical_slide) {
        lines.push_back(
            text("flap: the epidermis slides up to %.2f mm on the dermis (a bound), more than the %.2f mm it stands",
                 r.junction_slide * 1e3, r.junction_critical_slide * 1e3));
    }
    if (r.macro_flap) {
        lines.push_back(text("macro flap: slits merged into a chain of %.1f mm at which the epidermis comes off",
                             r.longest_chain * 1e3));
    }
    if (r.tram_track) lines.emplace_back("tram track: holes of one stroke joined into a line along the roll");
    if (r.bruise) lines.emplace_back("bruise: vessels are cut below mouths that stay small, so the blood stays inside");
    lines.emplace_back(
        "what would settle it: the pitch of ten holes in a row, hole length against side-slip in a dyed substrate, "
        "axle "
        "torque against slip (libskin validate tearing prints what to expect)");
    return lines;
}

}  // namespace skin
