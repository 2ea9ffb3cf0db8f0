// The three phases of healing, read from the curves after the last session (docs/theory/healing.md, section 7).
#include <cmath>
#include <limits>

#include "skin/healing.hpp"

namespace skin {

namespace {

constexpr double share_of_peak = 0.1;  // a phase lasts while its signal is above this share of its peak: a label

struct Curve {
    Eigen::VectorXd time, value;  // [s], [1] since the last session
};

/// Vertex of the parabola through the largest sample and its neighbours; the sample itself at an end.
double peak_time(const Curve& c, Eigen::Index top) {
    if (top == 0 || top + 1 >= c.value.size()) return c.time[top];
    const double t0 = c.time[top - 1], t1 = c.time[top], t2 = c.time[top + 1];
    const double left = (c.value[top] - c.value[top - 1]) / (t1 - t0);
    const double right = (c.value[top + 1] - c.value[top]) / (t2 - t1);
    if (!(left > right)) return t1;
    return 0.5 * (t0 + t1) + left / (left - right) * 0.5 * (t2 - t0);  // where the slope, straight between, is zero
}

double crossing(const Curve& c, Eigen::Index i, double level) {  // between samples i and i + 1
    const double x = (level - c.value[i]) / (c.value[i + 1] - c.value[i]);
    return c.time[i] + x * (c.time[i + 1] - c.time[i]);
}

void append_phase(std::vector<Phase>& all, const std::string& name, const std::string& layer, const Curve& c) {
    Eigen::Index top = 0;
    const double peak = c.value.maxCoeff(&top);
    if (!(peak > 0.0)) return;
    const double level = share_of_peak * peak;
    Phase phase{name, layer, c.time[0], peak_time(c, top), std::numeric_limits<double>::quiet_NaN()};
    for (Eigen::Index i = top; i-- > 0;) {
        if (c.value[i] < level) {
            phase.start = crossing(c, i, level);
            break;
        }
    }
    for (Eigen::Index i = top; i + 1 < c.value.size(); ++i) {
        if (c.value[i + 1] < level) {
            phase.end = crossing(c, i, level);
            break;
        }
    }
    all.push_back(phase);
}

}  // namespace

std::vector<Phase> phases(const HealingResult& r) {
    std::vector<Phase> all;
    if (r.time.size() == 0 || r.session_time.size() == 0) return all;
    const double last_session = r.session_time[r.session_time.size() - 1];
    Eigen::Index first = 0;
    while (first + 1 < r.time.size() && r.time[first] < last_session) ++first;
    const Eigen::Index n = r.time.size() - first;
    const auto curve = [&](const auto& value) {
        return Curve{(r.time.tail(n).array() - last_session).matrix(), Eigen::VectorXd(value.tail(n))};
    };
    for (std::size_t i = 0; i < r.layer.size(); ++i) {
        const auto l = static_cast<Eigen::Index>(i);
        append_phase(all, "inflammation", r.layer[i],
                     curve((r.neutrophils.col(l) + r.inflammatory_macrophages.col(l)).eval()));
        if (std::isnan(r.fibroblasts(0, l))) continue;  // epidermis
        append_phase(all, "proliferation", r.layer[i], curve(Eigen::VectorXd(r.fibroblasts.col(l))));
        append_phase(all, "remodelling", r.layer[i], curve(Eigen::VectorXd(r.collagen_III.col(l))));
    }
    return all;
}

}  // namespace skin
