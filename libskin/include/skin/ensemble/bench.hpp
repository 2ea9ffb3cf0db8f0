// Needle designs side by side, each on the same persons: what `libskin bench` computes.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/run_control.hpp"
#include "skin/core/types.hpp"
#include "skin/ensemble/population.hpp"
#include "skin/insertion.hpp"

namespace skin {

/// A needle design: a device and how it is used.
struct Design {
    std::string name = "design";  ///< key in results: letters, digits, '_', '-' and '.'
    Device device;                ///< what makes the holes
    Use use;                      ///< how it is used
};
template <>
struct Describe<Design> {
    using D = Design;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"name", &D::name, "1", "key in results"},
            Field{"device", &D::device, "1", "what makes the holes"},
            Field{"use", &D::use, "1", "how it is used"},
        };
    }
    // clang-format on
};

/// A designs file: whose skin, how many persons, and what is compared on them.
struct DesignSet {
    std::string id = "custom";      ///< id of the comparison
    std::string title;              ///< one line for people
    Skin skin;                      ///< of the reference person; age, sex and condition come from `population`
    PopulationSettings population;  ///< the persons; its preset is not read
    std::vector<Design> designs;    ///< in the order of the file
    std::string source_text;        ///< the designs file itself, "" if built in code
};
template <>
struct Describe<DesignSet> {
    using D = DesignSet;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &D::id, "1", "id of the comparison"},
            Field{"title", &D::title, "1", "one line for people"},
            Field{"skin", &D::skin, "1", "of the reference person"},
            Field{"population", &D::population, "1", "the persons; its preset is not read"},
            Field{"designs", &D::designs, "1", "in the order of the file"},
            Field{"source_text", &D::source_text, "1", "the designs file itself"},
        };
    }
    // clang-format on
};

/// Ranges, at least one design, names that no two share, and uses that fit their devices.
void validate_designs(const DesignSet& designs);

/// Read a designs file, or a shipped one by name ("twelve_needles"). DataError with file and line. Defined in io.
[[nodiscard]] DesignSet load_designs(const std::filesystem::path& path_or_name);
[[nodiscard]] std::vector<std::string> designs();  ///< names of the shipped designs files; defined in io

/// One design on some persons. A failed person has a status, the sentence of the error and NaN; the others do not
/// notice.
struct DesignResult {
    Eigen::VectorXd age_years;       ///< [1] (person) age in years
    RowMatrix depth;                 ///< [m] (person, strike) loaded tip depth of each strike; NaN: failed
    Eigen::VectorXd depth_mean;      ///< [m] (person) mean over strikes
    Eigen::VectorXd depth_std;       ///< [m] (person) standard deviation over strikes
    Eigen::VectorXd puncture_force;  ///< [N] (person) force on one needle at entry; NaN: the skin never opened
    RowMatrix entry_force;  ///< [N] (person, layer) force on one needle at which the tip gets into each layer; NaN: it
                            ///< did not
    Eigen::VectorXd strike_force;        ///< [N] (person) largest force on one needle, mean over strikes
    Eigen::VectorXd punctured_fraction;  ///< [1] (person) share of strikes that opened the skin
    RowMatrix reached;                   ///< [1] (person, layer) share of strikes whose tip got into each layer
    Eigen::VectorXd holes_per_area;      ///< [1/m^2] (person) holes of their own
    Eigen::VectorXd energy;              ///< [J] (person) work done on the skin by one needle, mean over strikes
    Eigen::VectorXd
        strength_margin;      ///< [1] (person) load that bends or buckles the needle over its load; NaN: not known
    std::vector<int> status;  ///< [1] (person) number of the SampleStatus: ok, bad_parameter, failed
    std::vector<std::string> message;  ///< [1] (person) empty when ok
};
template <>
struct Describe<DesignResult> {
    using R = DesignResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"age_years", &R::age_years, "1", "age in years", {"person"}},
            Field{"depth", &R::depth, "m", "loaded tip depth of each strike; NaN: failed", {"person", "strike"}},
            Field{"depth_mean", &R::depth_mean, "m", "mean over strikes", {"person"}},
            Field{"depth_std", &R::depth_std, "m", "standard deviation over strikes", {"person"}},
            Field{"puncture_force", &R::puncture_force, "N", "force on one needle at entry; NaN: the skin never opened", {"person"}},
            Field{"entry_force", &R::entry_force, "N", "force on one needle at which the tip gets into each layer; NaN: it did not", {"person", "layer"}},
            Field{"strike_force", &R::strike_force, "N", "largest force on one needle, mean over strikes", {"person"}},
            Field{"punctured_fraction", &R::punctured_fraction, "1", "share of strikes that opened the skin", {"person"}},
            Field{"reached", &R::reached, "1", "share of strikes whose tip got into each layer", {"person", "layer"}},
            Field{"holes_per_area", &R::holes_per_area, "1/m^2", "holes of their own", {"person"}},
            Field{"energy", &R::energy, "J", "work done on the skin by one needle, mean over strikes", {"person"}},
            Field{"strength_margin", &R::strength_margin, "1", "load that bends or buckles the needle over its load; NaN: not known", {"person"}},
            Field{"status", &R::status, "1", "number of the SampleStatus: ok, bad_parameter, failed", {"person"}},
            Field{"message", &R::message, "1", "empty when ok", {"person"}},
        };
    }
    // clang-format on
};

/// Design number `design` on the persons first ... first + n - 1 of the set's population. `settings.n_needles` is the
/// number of strikes on each. Person i is the same for every design and draws the strikes with seed + i, so that
/// differences between designs are not chance.
[[nodiscard]] DesignResult bench_design(const DesignSet& designs, std::size_t design, int first, int n,
                                        const InsertionSettings& settings = {.n_needles = 40},
                                        const RunControl& control = {});

}  // namespace skin
