// T1 with SUNDIALS CVODES: BDF, KLU, clearance as a quadrature. Reads the volumes that `peers.py` writes (t1.py), so
// that it solves the same discrete problem as the SciPy script.  t1_cvodes FILE RTOL REPEATS
#include <cvodes/cvodes.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

struct Problem {
    std::int64_t n = 0, faces = 0, lines = 0;
    std::vector<double> storage, rate, area, tissue, channel, diffusivity;
    std::vector<std::int64_t> layer, low, high;
    // Sparse pattern of the Jacobian by columns, and where each face and cell puts its numbers.
    std::vector<sunindextype> column_start, row;
    std::vector<std::array<std::int64_t, 4>> place;  // (low,low) (high,high) (low,high) (high,low); -1: none
    std::vector<std::int64_t> diagonal;
    std::vector<double> conductance;
    double at = -1.0;
};

template <class T>
void read(std::ifstream& in, std::vector<T>& values, std::int64_t n) {
    values.resize(static_cast<std::size_t>(n));
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(n * sizeof(T)));
}

Problem load(const char* path) {
    std::ifstream in(path, std::ios::binary);
    Problem p;
    std::int64_t head[3];
    in.read(reinterpret_cast<char*>(head), sizeof head);
    p.n = head[0], p.faces = head[1], p.lines = head[2];
    read(in, p.storage, p.n), read(in, p.rate, p.n), read(in, p.layer, p.n);
    read(in, p.low, p.faces), read(in, p.high, p.faces);
    read(in, p.area, p.faces * p.lines), read(in, p.tissue, p.faces * p.lines * 2);
    read(in, p.channel, p.faces * p.lines * 2), read(in, p.diffusivity, p.faces * 2);
    if (!in) throw std::runtime_error(std::string("cannot read ") + path);
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> index;  // (column, row)
    for (std::int64_t i = 0; i < p.n; ++i) index[{i, i}] = 0;
    for (std::int64_t f = 0; f < p.faces; ++f) {
        if (p.high[f] >= 0) index[{p.high[f], p.low[f]}] = index[{p.low[f], p.high[f]}] = 0;
    }
    p.column_start.assign(p.n + 1, 0);
    std::int64_t k = 0;
    for (auto& [key, value] : index) {
        value = k++;
        p.row.push_back(key.second);
        p.column_start[key.first + 1] = k;
    }
    for (std::int64_t i = 0; i < p.n; ++i) p.diagonal.push_back(index[{i, i}]);
    for (std::int64_t f = 0; f < p.faces; ++f) {
        const auto i = p.low[f], j = p.high[f];
        if (j < 0) {
            p.place.push_back(std::array<std::int64_t, 4>{index[{i, i}], -1, -1, -1});
        } else {
            p.place.push_back(std::array<std::int64_t, 4>{index[{i, i}], index[{j, j}], index[{j, i}], index[{i, j}]});
        }
    }
    p.conductance.resize(p.faces);
    return p;
}

void set_time(Problem& p, double t) {
    if (t == p.at) return;
    p.at = t;
    const double g = std::exp(-(t / 2400.0) * (t / 2400.0)), open = 500.0;
    for (std::int64_t f = 0; f < p.faces; ++f) {
        const double d0 = p.diffusivity[2 * f], d1 = p.diffusivity[2 * f + 1];
        const double a0 = 1 / d0, a1 = 1 / d1, b0 = 1 / (d0 + (open - d0) * g), b1 = 1 / (d1 + (open - d1) * g);
        double sum = 0.0;
        for (std::int64_t l = 0; l < p.lines; ++l) {
            const std::int64_t q = f * p.lines + l;
            sum += p.area[q] / (p.tissue[2 * q] * a0 + p.tissue[2 * q + 1] * a1 + p.channel[2 * q] * b0 +
                                p.channel[2 * q + 1] * b1);
        }
        p.conductance[f] = sum;
    }
}

int rhs(realtype t, N_Vector y, N_Vector out, void* data) {
    Problem& p = *static_cast<Problem*>(data);
    set_time(p, t);
    const double* c = N_VGetArrayPointer(y);
    double* d = N_VGetArrayPointer(out);
    for (std::int64_t i = 0; i < p.n; ++i) d[i] = -p.rate[i] * p.storage[i] * c[i];
    for (std::int64_t f = 0; f < p.faces; ++f) {
        const auto i = p.low[f], j = p.high[f];
        const double flow = p.conductance[f] * (c[i] - (j < 0 ? 0.0 : c[j]));
        d[i] -= flow;
        if (j >= 0) d[j] += flow;
    }
    for (std::int64_t i = 0; i < p.n; ++i) d[i] /= p.storage[i];
    return 0;
}

int jacobian(realtype t, N_Vector, N_Vector, SUNMatrix J, void* data, N_Vector, N_Vector, N_Vector) {
    Problem& p = *static_cast<Problem*>(data);
    set_time(p, t);
    std::copy(p.column_start.begin(), p.column_start.end(), SM_INDEXPTRS_S(J));
    std::copy(p.row.begin(), p.row.end(), SM_INDEXVALS_S(J));
    double* v = SM_DATA_S(J);
    std::fill(v, v + p.row.size(), 0.0);
    for (std::int64_t i = 0; i < p.n; ++i) v[p.diagonal[i]] -= p.rate[i];
    for (std::int64_t f = 0; f < p.faces; ++f) {
        const auto i = p.low[f], j = p.high[f];
        const double k = p.conductance[f];
        v[p.place[f][0]] -= k / p.storage[i];
        if (j < 0) continue;
        v[p.place[f][1]] -= k / p.storage[j];
        v[p.place[f][2]] += k / p.storage[i];  // row i, column j
        v[p.place[f][3]] += k / p.storage[j];
    }
    return 0;
}

int losses(realtype t, N_Vector y, N_Vector out, void* data) {
    Problem& p = *static_cast<Problem*>(data);
    set_time(p, t);
    const double* c = N_VGetArrayPointer(y);
    double cleared = 0.0, base = 0.0;
    for (std::int64_t i = 0; i < p.n; ++i) cleared += p.rate[i] * p.storage[i] * c[i];
    for (std::int64_t f = 0; f < p.faces; ++f) {
        if (p.high[f] < 0) base += p.conductance[f] * c[p.low[f]];
    }
    N_VGetArrayPointer(out)[0] = cleared;
    N_VGetArrayPointer(out)[1] = base;
    return 0;
}

void check(int flag, const char* what) {
    if (flag < 0) throw std::runtime_error(std::string(what) + " failed");
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return std::fprintf(stderr, "t1_cvodes FILE RTOL [REPEATS]\n"), 2;
    Problem p = load(argv[1]);
    const double rtol = std::atof(argv[2]);
    const int repeats = argc > 3 ? std::atoi(argv[3]) : 1;
    std::vector<double> seconds;
    std::vector<double> rows;
    long steps = 0, evaluations = 0, factorisations = 0;
    for (int r = 0; r < repeats; ++r) {
        rows.clear();
        p.at = -1.0;
        const double begin = cpu_seconds();
        SUNContext context;
        check(SUNContext_Create(nullptr, &context), "SUNContext_Create");
        N_Vector y = N_VNew_Serial(p.n, context), lost = N_VNew_Serial(2, context);
        N_VConst(0.0, y), N_VConst(0.0, lost);
        N_VGetArrayPointer(y)[0] = 1.0;
        void* solver = CVodeCreate(CV_BDF, context);
        check(CVodeInit(solver, rhs, 0.0, y), "CVodeInit");
        check(CVodeSetUserData(solver, &p), "user data");
        check(CVodeSStolerances(solver, rtol, 1e-3 * rtol), "tolerances");
        check(CVodeSetMaxNumSteps(solver, 100000), "steps");
        SUNMatrix J = SUNSparseMatrix(p.n, p.n, static_cast<sunindextype>(p.row.size()), CSC_MAT, context);
        SUNLinearSolver klu = SUNLinSol_KLU(y, J, context);
        check(SUNLinSol_KLUSetOrdering(klu, 0), "AMD ordering");  // the pattern is symmetric
        check(CVodeSetLinearSolver(solver, klu, J), "linear solver");
        check(CVodeSetJacFn(solver, jacobian), "Jacobian");
        check(CVodeQuadInit(solver, losses, lost), "quadrature");
        for (int k = 1; k <= 25; ++k) {
            realtype t = 0.0;
            check(CVode(solver, 288.0 * k, y, &t, CV_NORMAL), "CVode");
            check(CVodeGetQuad(solver, &t, lost), "CVodeGetQuad");
            std::vector<double> amount(5, 0.0);
            for (std::int64_t i = 0; i < p.n; ++i) amount[p.layer[i] + 1] += p.storage[i] * N_VGetArrayPointer(y)[i];
            rows.insert(rows.end(), amount.begin(), amount.end());
            rows.push_back(N_VGetArrayPointer(lost)[0]);
            rows.push_back(N_VGetArrayPointer(lost)[1]);
        }
        CVodeGetNumSteps(solver, &steps);
        CVodeGetNumRhsEvals(solver, &evaluations);
        CVodeGetNumLinSolvSetups(solver, &factorisations);
        CVodeFree(&solver);
        SUNLinSolFree(klu), SUNMatDestroy(J), N_VDestroy(y), N_VDestroy(lost);
        SUNContext_Free(&context);
        seconds.push_back(cpu_seconds() - begin);
    }
    std::sort(seconds.begin(), seconds.end());
    std::printf(
        "{\"seconds\": %.6g, \"steps\": %ld, \"rhs\": %ld, \"factorisations\": %ld, \"unknowns\": %lld, \"rows\": [",
        seconds[seconds.size() / 2], steps, evaluations, factorisations, static_cast<long long>(p.n));
    for (std::size_t i = 0; i < rows.size(); ++i) std::printf("%s%.12g", i ? ", " : "", rows[i]);
    std::printf("]}\n");
}
