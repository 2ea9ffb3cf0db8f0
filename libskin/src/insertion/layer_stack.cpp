// Exact compliance of bonded elastic layers in Hankel space (docs/theory/insertion.md, eq. 50-52).
//
// For one wave number k the displacement of a layer is a sum of two modes that decay downwards from its top and two
// that decay upwards from its bottom (Papkovich-Neuber potentials psi = b e^-x J0, chi = a e^-x J0/k, x = k z):
//   2 mu U = a + b x,   2 mu W = a + b (x + 3 - 4 nu)                 displacement along r and z, times e^-x
//   T/k = -a - b (x + 1 - 2 nu),   S/k = -a - b (x + 2 - 2 nu)        shear and normal stress, times e^-x
// The compliance matrix Y (displacement = Y stress/k) is carried from the base to the surface. Only decaying
// exponentials occur, so nothing overflows for thick layers, and nothing is singular at nu = 1/2.
#include "insertion/layer_stack.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

namespace skin::insertion {
namespace {

struct Matrix {
    double a, b, c, d;  // rows (a b), (c d)
};
Matrix operator*(const Matrix& x, const Matrix& y) noexcept {
    return {x.a * y.a + x.b * y.c, x.a * y.b + x.b * y.d, x.c * y.a + x.d * y.c, x.c * y.b + x.d * y.d};
}
Matrix operator+(const Matrix& x, const Matrix& y) noexcept { return {x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d}; }
Matrix operator-(const Matrix& x, const Matrix& y) noexcept { return {x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d}; }
Matrix scaled(const Matrix& x, double f) noexcept { return {f * x.a, f * x.b, f * x.c, f * x.d}; }
Matrix inverse(const Matrix& x) noexcept { return scaled(Matrix{x.d, -x.b, -x.c, x.a}, 1.0 / (x.a * x.d - x.b * x.c)); }

// Rows U, W of the decaying modes at x, over 2 mu; and rows T/k, S/k. The mirrored modes change sign in W and T.
Matrix displacement(double x, double nu, double mu) noexcept {
    return scaled({1.0, x, 1.0, x + 3.0 - 4.0 * nu}, 0.5 / mu);
}
Matrix stress(double x, double nu) noexcept { return {-1.0, -(x + 1.0 - 2.0 * nu), -1.0, -(x + 2.0 - 2.0 * nu)}; }
Matrix mirrored_displacement(double x, double nu, double mu) noexcept {
    const Matrix m = displacement(x, nu, mu);
    return {m.a, m.b, -m.c, -m.d};
}
Matrix mirrored_stress(double x, double nu) noexcept {
    const Matrix m = stress(x, nu);
    return {-m.a, -m.b, m.c, m.d};
}

bool same_material(const ElasticLayer& x, const ElasticLayer& y) noexcept {
    return x.youngs_modulus == y.youngs_modulus && x.poissons_ratio == y.poissons_ratio;
}

}  // namespace

double LayerStack::thickness() const noexcept {
    double sum = 0.0;
    for (const ElasticLayer& layer : layers) sum += layer.thickness;
    return sum;
}

double LayerStack::surface_modulus() const noexcept { return layers.front().contact_modulus(); }

double LayerStack::longest_wave() const noexcept {
    double least = base_modulus > 0.0 ? base_modulus : layers.front().youngs_modulus, most = least;
    for (const ElasticLayer& layer : layers) {
        least = std::min(least, layer.youngs_modulus);
        most = std::max(most, layer.youngs_modulus);
    }
    return 0.05 / thickness() * std::cbrt(least / most);
}

LayerStack stack_of(const Skin& skin) {
    LayerStack stack;
    for (const Layer& layer : skin.layers) {
        const ElasticLayer next{layer.thickness, layer.youngs_modulus, layer.poissons_ratio};
        if (!stack.layers.empty() && same_material(stack.layers.back(), next)) {
            stack.layers.back().thickness += next.thickness;
        } else {
            stack.layers.push_back(next);
        }
    }
    return stack;
}

double relative_compliance(const LayerStack& stack, double k) noexcept {
    // Moduli over that of the first layer: the matrices are of order one.
    const double unit = stack.layers.front().youngs_modulus;
    const auto shear = [unit](double E, double nu) { return E / unit / (2.0 * (1.0 + nu)); };
    Matrix Y{0.0, 0.0, 0.0, 0.0};
    if (stack.base_modulus > 0.0) {
        const double nu = stack.base_ratio;
        Y = displacement(0.0, nu, shear(stack.base_modulus, nu)) * inverse(stress(0.0, nu));
    }
    for (auto layer = stack.layers.rbegin(); layer != stack.layers.rend(); ++layer) {
        const double nu = layer->poissons_ratio, mu = shear(layer->youngs_modulus, nu), x = k * layer->thickness;
        const double decay = std::exp(-x);
        if (decay == 0.0) {  // nothing from below reaches the top of this layer
            Y = displacement(0.0, nu, mu) * inverse(stress(0.0, nu));
            continue;
        }
        const Matrix below = mirrored_displacement(0.0, nu, mu) - Y * mirrored_stress(0.0, nu);
        const Matrix reflected = inverse(below) * scaled(Y * stress(x, nu) - displacement(x, nu, mu), decay);
        const Matrix d = displacement(0.0, nu, mu) + scaled(mirrored_displacement(x, nu, mu) * reflected, decay);
        const Matrix s = stress(0.0, nu) + scaled(mirrored_stress(x, nu) * reflected, decay);
        Y = d * inverse(s);
    }
    const double nu = stack.layers.front().poissons_ratio;
    return -Y.d * 0.5 / (1.0 - nu * nu);
}

WaveRule wave_rule(const LayerStack& stack, double widest, int panels_an_octave, double shortest) {
    using Gauss = boost::math::quadrature::gauss<double, 10>;
    // g falls as exp(-2 k h) (k h)^2 of the first layer: 1e-8 of its size at k h = 13. Below 0.05/H it is almost a
    // line.
    const double whole = 13.0 / stack.layers.front().thickness;
    const double last = shortest > 0.0 ? std::min(shortest, whole) : whole;
    WaveRule rule;
    double low = 0.0, high = std::min(stack.longest_wave(), last);
    while (low < last) {
        // cos(2 k a) turns by at most 8 radian over a panel of ten nodes: an error below 1e-9 of it.
        const int panels = std::max(panels_an_octave, static_cast<int>(std::ceil(widest * (high - low) / 4.0)));
        const double half = 0.5 * (high - low) / panels;
        for (int panel = 0; panel < panels; ++panel) {
            const double middle = low + (2 * panel + 1) * half;
            for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
                for (const double side : {-1.0, 1.0}) {
                    rule.k.push_back(middle + side * half * Gauss::abscissa()[i]);
                    rule.weight.push_back(half * Gauss::weights()[i]);
                    rule.g.push_back(relative_compliance(stack, rule.k.back()) - 1.0);
                }
            }
        }
        low = high;
        high = std::min(2.0 * high, last);
    }
    return rule;
}

}  // namespace skin::insertion
