// Reference problem T1 as a dual-porosity column (T2b): geometry, media and how far it is from the reference solution.
#pragma once

#include <cmath>
#include <fstream>
#include <iterator>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "transport/cell_grid.hpp"
#include "transport/column.hpp"
#include "transport/integrate.hpp"

namespace skin::test {

/// Numbers of the first array called `key` in a JSON file.
inline std::vector<double> json_array(const std::string& text, const std::string& key) {
    const auto at = text.find("\"" + key + "\"");
    const auto open = at == std::string::npos ? at : text.find('[', at);
    if (open == std::string::npos) throw std::runtime_error("no array " + key);
    std::vector<double> values;
    const char* p = text.c_str() + open + 1;
    for (char* end = nullptr; *p != ']'; p = end) {
        while (*p == ',' || *p == ' ' || *p == '\n' || *p == '\r') ++p;
        if (*p == ']') break;
        values.push_back(std::strtod(p, &end));
        if (end == p) throw std::runtime_error("no number in array " + key);
    }
    return values;
}

inline std::string read_text(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct T2 {
    transport::Column column;
    std::vector<transport::ChannelFamily> families;
};

/// Lengths in m: cell radius 250 um, cone of 35 um x 500 um, five layers, 241 unknowns.
inline T2 dual_porosity_t2(double refine = 1.0) {
    using namespace transport;
    constexpr double um = 1e-6, b = 250 * um, a = 35 * um, h = 500 * um;
    T2 t2;
    std::vector<int> cells;
    for (const double n : {20.0, 20.0, 30.0, 30.0, 40.0}) cells.push_back(static_cast<int>(std::lround(n * refine)));
    Column& column = t2.column;
    column.grid =
        numerics::make_grid({0.0, 15 * um, 100 * um, 300 * um, h, 1500 * um}, cells, numerics::Spacing::clustered);
    for (const int segment : column.grid.segment) {
        const double D[] = {1e-15, 1e-10, 1.5e-10, 1e-10, 1e-10};
        column.medium.push_back({D[segment], 1.0, 1.0, segment >= 2 ? 1e-3 : 0.0, true});
    }
    column.border_resistance = transport::Vector::Zero(column.cells() + 1);
    column.sink = true;
    column.donor_thickness = 100 * um;

    ChannelFamily f;
    f.density = 1.0 / (std::numbers::pi * b * b);
    while (column.grid.edge[f.reach] < h * (1 - 1e-9)) ++f.reach;
    f.area.resize(f.reach);
    f.diffusivity = transport::Vector::Constant(f.reach, 5e-10);
    for (Eigen::Index i = 0; i < f.reach; ++i) {
        const double r0 = a * (1 - column.grid.edge[i] / h), r1 = a * std::max(0.0, 1 - column.grid.edge[i + 1] / h);
        f.area[i] = std::numbers::pi / 3.0 * (r0 * r0 + r0 * r1 + r1 * r1);
    }
    f.mouth_radius = a;
    const Eigen::VectorXd time = Eigen::VectorXd::LinSpaced(241, 0.0, 7200.0);  // g between nodes is linear within 1e-4
    f.course = ClosingCourse(time, (-(time / 2400.0).array().square()).exp().matrix());
    t2.families = {f};
    arrange(t2.families);
    return t2;
}

/// Eight samples around T2b: tissues up to 1.7 times faster, channels that close up to 2.4 times sooner.
inline std::vector<T2> t2_samples() {
    std::vector<T2> samples;
    for (int l = 0; l < 8; ++l) {
        T2 t2 = dual_porosity_t2();
        for (transport::Medium& m : t2.column.medium) m.diffusivity *= 1.0 + 0.1 * l;
        const Eigen::VectorXd time = Eigen::VectorXd::LinSpaced(241, 0.0, 7200.0);
        t2.families[0].course =
            transport::ClosingCourse(time, (-(time * (1.0 + 0.2 * l) / 2400.0).array().square()).exp().matrix());
        samples.push_back(t2);
    }
    return samples;
}

/// [1] (time, output) share of the dose: donor, SC, VE, papillary, reticular, cleared; and lost at the base.
inline std::vector<std::vector<double>> run_t2(const T2& t2, const std::vector<double>& output_times, double tolerance,
                                               numerics::StepperStatistics& work) {
    using namespace transport;
    ColumnSystem system(t2.column, t2.families, true);
    Vector x = Vector::Zero(system.storage().size());
    x[0] = 1.0;
    std::vector<double> times{0.0};
    times.insert(times.end(), output_times.begin(), output_times.end());
    std::vector<std::vector<double>> rows;
    const double dose = t2.column.donor_thickness;
    integrate(
        system, x, times, tolerance, work,
        [&](const Vector& state, double, const Vector& lost) {
            std::vector<double> row(7, 0.0);
            row[0] = state[0];
            for (Eigen::Index i = 0; i < t2.column.cells(); ++i) {
                const std::size_t layer = std::min(4, 1 + t2.column.grid.segment[static_cast<std::size_t>(i)]);
                row[layer] += state[system.layout().tissue(i)] * system.storage()[system.layout().tissue(i)] / dose;
                if (i < t2.families[0].reach) {
                    const Eigen::Index c = system.layout().channel(0, i);
                    row[layer] += state[c] * system.storage()[c] / dose;
                }
            }
            row[5] = lost[0] / dose;
            row[6] = lost[1] / dose;
            rows.push_back(row);
        },
        1e-3);
    return rows;
}

/// Reference problem T1 itself, resolved.
inline transport::UnitCell unit_cell_t1(int refine, double coarsening = 1.0) {
    constexpr double um = 1e-6, a = 35 * um, h = 500 * um;
    const std::vector<double> borders{0.0, 15 * um, 100 * um, 300 * um, 1500 * um};
    transport::CellShape shape{.borders = borders,
                               .barrier_length = std::sqrt(1e-15 * 7200.0),
                               .depth = h,
                               .radius = [](double z) { return a * std::max(0.0, 1.0 - z / h); },
                               .cell_radius = 250 * um};
    transport::UnitCell cell = transport::lay_out(shape, refine, coarsening);
    for (Eigen::Index j = 0; j < cell.rows(); ++j) {
        std::size_t layer = 0;
        while (cell.axial.centre(j) > borders[layer + 1]) ++layer;
        const double D[] = {1e-15, 1e-10, 1.5e-10, 1e-10};
        cell.medium[static_cast<std::size_t>(j)] = {D[layer], 1.0, 1.0, layer >= 2 ? 1e-3 : 0.0, true};
    }
    cell.sink = true;
    cell.donor_thickness = 100 * um;
    cell.diffusivity = transport::Vector::Constant(cell.rows(), 5e-10);
    const Eigen::VectorXd time = Eigen::VectorXd::LinSpaced(721, 0.0, 7200.0);  // g between nodes: within 1e-5
    cell.course = transport::ClosingCourse(time, (-(time / 2400.0).array().square()).exp().matrix());
    return cell;
}

/// [1] (time, output) share of the dose: donor, SC, VE, papillary, reticular, cleared; and lost at the base.
inline Eigen::MatrixXd run_t1(const transport::UnitCell& cell, const std::vector<double>& output_times,
                              double tolerance, numerics::StepperStatistics& work) {
    using namespace transport;
    UnitCellSystem system(cell, true);
    Vector x = Vector::Zero(system.size());
    x[0] = 1.0;
    std::vector<double> times{0.0};
    times.insert(times.end(), output_times.begin(), output_times.end());
    Eigen::MatrixXd rows(static_cast<Eigen::Index>(output_times.size()), 7);
    Eigen::Index row = 0;
    const double borders[] = {15e-6, 100e-6, 300e-6, 1e300}, dose = cell.donor_thickness;
    integrate(
        system, x, times, tolerance, work,
        [&](const Vector& state, double, const Vector& lost) {
            rows.row(row).setZero();
            rows(row, 0) = state[0];
            for (Eigen::Index j = 0; j < cell.rows(); ++j) {
                Eigen::Index layer = 0;
                while (cell.axial.centre(j) > borders[layer]) ++layer;
                const Eigen::Index u = system.unknown(j, 0);
                rows(row, 1 + layer) +=
                    state.segment(u, cell.rings()).dot(system.storage().segment(u, cell.rings())) / dose;
            }
            rows(row, 5) = lost[0] / dose;
            rows(row, 6) = lost[1] / dose;
            ++row;
        },
        1e-3);
    return rows;
}

}  // namespace skin::test
