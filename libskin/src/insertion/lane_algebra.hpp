// Algebra of Boost.Odeint for small std::arrays: tells the compiler that what is written is not read by later elements,
// so that it can take two and more at once.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace skin::insertion {

struct LaneAlgebra {
    template <class Operation, class First, class... Rest>
    static void each(Operation operation, First& first, Rest&... rest) {
#pragma GCC ivdep
#pragma GCC unroll 1
        for (std::size_t i = 0; i < first.size(); ++i) operation(first[i], rest[i]...);
    }
    // The names and orders that Odeint asks for.
    template <class A, class B, class Op>
    static void for_each2(A& a, B& b, Op op) {
        each(op, a, b);
    }
    template <class A, class B, class C, class Op>
    static void for_each3(A& a, B& b, C& c, Op op) {
        each(op, a, b, c);
    }
    template <class A, class B, class C, class D, class Op>
    static void for_each4(A& a, B& b, C& c, D& d, Op op) {
        each(op, a, b, c, d);
    }
    template <class A, class B, class C, class D, class E, class Op>
    static void for_each5(A& a, B& b, C& c, D& d, E& e, Op op) {
        each(op, a, b, c, d, e);
    }
    template <class A, class B, class C, class D, class E, class F, class Op>
    static void for_each6(A& a, B& b, C& c, D& d, E& e, F& f, Op op) {
        each(op, a, b, c, d, e, f);
    }
    template <class A, class B, class C, class D, class E, class F, class G, class Op>
    static void for_each7(A& a, B& b, C& c, D& d, E& e, F& f, G& g, Op op) {
        each(op, a, b, c, d, e, f, g);
    }
    template <class A, class B, class C, class D, class E, class F, class G, class H, class Op>
    static void for_each8(A& a, B& b, C& c, D& d, E& e, F& f, G& g, H& h, Op op) {
        each(op, a, b, c, d, e, f, g, h);
    }
    template <class State>
    static double norm_inf(const State& y) {
        double most = 0.0;
        for (const double value : y) most = std::max(most, std::abs(value));
        return most;
    }
};

}  // namespace skin::insertion
