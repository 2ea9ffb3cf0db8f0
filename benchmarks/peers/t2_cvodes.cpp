// T2b (the dual-porosity column of T1) with our ROS34PW2 and with CVODES, BDF and its band solver, on the same
// matrices: A(t) comes from libskin, so both solve one discrete problem and the error is that of the steps alone. Both
// answers at 1e-9 must agree. Prints tool, tolerance, unknowns, factorisations, error, CPU seconds (best of REPEATS),
// one a line. t2_cvodes [REPEATS]
#include <cvodes/cvodes.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/transport_t1.hpp"

namespace {

using Rows = std::vector<std::vector<double>>;
using skin::transport::ColumnSystem;
using skin::transport::Vector;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void check(int flag, const char* what) {
    if (flag < 0) throw std::runtime_error(std::string(what) + " failed");
}

Eigen::Map<const Vector> seen(N_Vector y) { return {N_VGetArrayPointer(y), N_VGetLength(y)}; }

int rhs(realtype t, N_Vector y, N_Vector out, void* data) {
    thread_local Vector x, dxdt;
    x = seen(y);
    static_cast<ColumnSystem*>(data)->at(t).multiply(x, dxdt);
    std::copy(dxdt.begin(), dxdt.end(), N_VGetArrayPointer(out));
    return 0;
}

int jacobian(realtype t, N_Vector, N_Vector, SUNMatrix J, void* data, N_Vector, N_Vector, N_Vector) {
    const auto& A = static_cast<ColumnSystem*>(data)->at(t).matrix;
    for (Eigen::Index i = 0; i < A.size(); ++i) {
        const Eigen::Index last = std::min<Eigen::Index>(A.size() - 1, i + A.reach());
        for (Eigen::Index j = std::max<Eigen::Index>(0, i - A.reach()); j <= last; ++j) SM_ELEMENT_B(J, i, j) = A(i, j);
    }
    return 0;
}

int losses(realtype t, N_Vector y, N_Vector out, void* data) {
    thread_local Vector x, rate;
    x = seen(y);
    static_cast<ColumnSystem*>(data)->at(t).losses(x, rate);
    std::copy(rate.begin(), rate.begin() + 2, N_VGetArrayPointer(out));
    return 0;
}

Rows cvodes(const skin::test::T2& t2, const std::vector<double>& times, double rtol, long& factorisations) {
    ColumnSystem system(t2.column, t2.families, true);
    SUNContext context;
    check(SUNContext_Create(nullptr, &context), "SUNContext_Create");
    const auto n = static_cast<sunindextype>(system.storage().size());
    N_Vector y = N_VNew_Serial(n, context), lost = N_VNew_Serial(2, context);
    N_VConst(0.0, y), N_VConst(0.0, lost);
    N_VGetArrayPointer(y)[0] = 1.0;
    void* solver = CVodeCreate(CV_BDF, context);
    check(CVodeInit(solver, rhs, 0.0, y), "CVodeInit");
    check(CVodeSetUserData(solver, &system), "user data");
    check(CVodeSStolerances(solver, rtol, 1e-3 * rtol), "tolerances");
    check(CVodeSetMaxNumSteps(solver, 1000000), "steps");
    const int reach = system.layout().reach();
    SUNMatrix J = SUNBandMatrix(n, reach, reach, context);
    SUNLinearSolver band = SUNLinSol_Band(y, J, context);
    check(CVodeSetLinearSolver(solver, band, J), "linear solver");
    check(CVodeSetJacFn(solver, jacobian), "Jacobian");
    check(CVodeQuadInit(solver, losses, lost), "quadrature");
    const double dose = t2.column.donor_thickness;
    Rows rows;
    for (const double time : times) {
        realtype t = 0.0;
        check(CVode(solver, time, y, &t, CV_NORMAL), "CVode");
        check(CVodeGetQuad(solver, &t, lost), "CVodeGetQuad");
        std::vector<double> row(7, 0.0);
        const double* x = N_VGetArrayPointer(y);
        row[0] = x[0];
        for (Eigen::Index i = 0; i < t2.column.cells(); ++i) {
            const std::size_t layer = std::min(4, 1 + t2.column.grid.segment[static_cast<std::size_t>(i)]);
            const Eigen::Index u = system.layout().tissue(i), c = system.layout().channel(0, i);
            row[layer] += x[u] * system.storage()[u] / dose;
            if (i < t2.families[0].reach) row[layer] += x[c] * system.storage()[c] / dose;
        }
        row[5] = N_VGetArrayPointer(lost)[0] / dose;
        row[6] = N_VGetArrayPointer(lost)[1] / dose;
        rows.push_back(row);
    }
    CVodeGetNumLinSolvSetups(solver, &factorisations);
    CVodeFree(&solver);
    SUNLinSolFree(band), SUNMatDestroy(J), N_VDestroy(y), N_VDestroy(lost), SUNContext_Free(&context);
    return rows;
}

// [1] worst of the seven outputs: largest error over time over the largest value.
double error(const Rows& rows, const Rows& truth) {
    double worst = 0.0;
    for (std::size_t k = 0; k < 7; ++k) {
        double off = 0.0, largest = 0.0;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            off = std::max(off, std::abs(rows[i][k] - truth[i][k]));
            largest = std::max(largest, std::abs(truth[i][k]));
        }
        worst = std::max(worst, off / largest);
    }
    return worst;
}

template <class Solve>
double best_of(int repeats, const Solve& solve) {
    double best = 1e300;
    for (int r = 0; r < repeats; ++r) {
        const double begin = cpu_seconds();
        solve();
        best = std::min(best, cpu_seconds() - begin);
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    const int repeats = argc > 1 ? std::atoi(argv[1]) : 50;
    const skin::test::T2 t2 = skin::test::dual_porosity_t2();
    const long unknowns = ColumnSystem(t2.column, t2.families, true).storage().size();
    std::vector<double> times;
    for (int k = 1; k <= 25; ++k) times.push_back(288.0 * k);
    skin::numerics::StepperStatistics unused;
    long factorisations = 0;
    const Rows truth = skin::test::run_t2(t2, times, 1e-9, unused);
    const double apart = error(cvodes(t2, times, 1e-9, factorisations), truth);
    std::fprintf(stderr, "both at 1e-9: %.1e apart\n", apart);
    if (!(apart < 1e-6)) return EXIT_FAILURE;
    Rows rows;
    for (const double tolerance : {3e-2, 1e-2, 3e-3, 1e-3, 1e-4, 1e-5}) {
        skin::numerics::StepperStatistics work;
        const double seconds =
            best_of(repeats, [&] { work = {}, rows = skin::test::run_t2(t2, times, tolerance, work); });
        std::printf("libskin_dual_porosity %g %ld %lld %.3g %.6g\n", tolerance, unknowns,
                    static_cast<long long>(work.factorisations), error(rows, truth), seconds);
    }
    for (const double tolerance : {1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
        const double seconds = best_of(repeats, [&] { rows = cvodes(t2, times, tolerance, factorisations); });
        std::printf("CVODES_band %g %ld %ld %.3g %.6g\n", tolerance, unknowns, factorisations, error(rows, truth),
                    seconds);
    }
}
