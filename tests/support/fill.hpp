// Fill any described struct with values that all differ, NaN among them: what a file must give back.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/treatment/session.hpp"

namespace skin::test {

/// Draws values in turn; the same turn gives the same value.
class Filler {
public:
    explicit Filler(int start = 0) : next_(start) {}

    template <class T>
    void operator()(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = ++next_ % 2 == 0;
        } else if constexpr (std::is_floating_point_v<T>) {
            value = number();
        } else if constexpr (std::is_same_v<T, std::uint64_t>) {
            value =
                std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(++next_);  // needs all 64 bits
        } else if constexpr (std::is_integral_v<T>) {
            value = static_cast<T>(++next_);
        } else if constexpr (NamedEnum<T>) {
            const auto& entries = EnumNames<T>::entries;
            value = entries[static_cast<std::size_t>(++next_) % entries.size()].first;
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = ++next_ % 7 == 0 ? "" : "text " + std::to_string(next_) + " \xC2\xB5m, \"quoted\"\nsecond line";
        } else if constexpr (std::is_same_v<T, NdArray>) {
            value.shape = {2, 3, 4};
            value.data.resize(24);
            for (auto& x : value.data) x = number();
        } else if constexpr (std::is_same_v<T, RowMatrix>) {
            value.resize(4, 3);
            for (Eigen::Index i = 0; i < value.size(); ++i) value.data()[i] = number();
        } else if constexpr (std::is_same_v<T, Eigen::VectorXd>) {
            value.resize(++next_ % 5 == 0 ? 0 : 4);  // arrays that were left out are empty
            for (auto& x : value) x = number();
        } else if constexpr (std::is_same_v<T, ResultInfo>) {
            value.warnings = {{"code " + std::to_string(++next_), "where", "a sentence"}, {"b", "", "another"}};
            value.citations = {"key_" + std::to_string(++next_)};
            value.models = {"insertion.tip_model = energy_release", "x"};
        } else if constexpr (std::is_same_v<T, Origins>) {
            for (const char* name : {"papillary_dermis.thickness", "ph"}) {
                value[name] = {"set_" + std::to_string(++next_),
                               Kind::recalled,
                               "key, table 2",
                               ++next_ % 2 == 0,
                               number(),
                               number(),
                               number(),
                               ++next_,
                               "lognormal",
                               "",
                               "experiments/nobody2000"};
            }
        } else if constexpr (std::is_same_v<T, Device>) {
            ++next_ % 3 == 0 ? fill_alternative<Stamp>(value)
            : next_ % 3 == 1 ? fill_alternative<Pen>(value)
                             : fill_alternative<Roller>(value);
        } else if constexpr (std::is_same_v<T, Use>) {
            ++next_ % 2 == 0 ? fill_alternative<Rolling>(value) : fill_alternative<Impact>(value);
        } else if constexpr (Described<T>) {
            for_each_field<T>([&](const auto& field) { (*this)(value.*(field.member)); });
        } else {
            container(value);
        }
    }

private:
    double number() {
        ++next_;
        if (next_ % 17 == 0) return std::numeric_limits<double>::quiet_NaN();
        if (next_ % 19 == 0) return -0.0;
        return 1.0 / 3.0 * next_ * (next_ % 3 == 0 ? 1e-300 : 1e3);
    }
    template <class A, class T>
    void fill_alternative(T& value) {
        (*this)(value.template emplace<A>());
    }
    template <class T>
    void container(std::vector<T>& value) {
        value.resize(2);
        for (auto& entry : value) (*this)(entry);
    }
    template <class T>
    void container(std::optional<T>& value) {
        if (++next_ % 2 == 0) (*this)(value.emplace());
    }

    int next_;
};

template <class T>
[[nodiscard]] T filled(int start = 0) {
    T value{};
    Filler{start}(value);
    return value;
}

[[nodiscard]] inline TreatmentResult filled_treatment(int sessions = 2) {
    TreatmentResult result;
    Filler fill(1);
    fill(result.skin);
    fill(result.protocol);
    fill(result.settings);
    for (int k = 0; k < sessions; ++k) {
        SessionResult& session = result.sessions.emplace_back();
        fill(session.insertion);
        fill(session.tearing);
        fill(session.bleeding);
        fill(session.recovery);
        for (const char* name : {"serum", "numbing", "a/b % .", "", "."}) fill(session.delivery[name]);
        fill(session.safety);
        fill(session.dose);
    }
    fill(result.healing);
    fill(result.summary);
    fill(result.info);
    Provenance& p = result.provenance;
    p.libskin_version = "0.1.0";
    p.git_revision = "abc";
    p.build = "GNU 12";
    p.created = "2026-01-02T03:04:05Z";
    p.seed = 0xFFFF'FFFF'FFFF'FFF7U;
    p.protocol_text = std::string(200'000, 'x');  // longer than an attribute may be
    p.parameter_texts = {{"face_cheek", "schema = 1"}, {"medical_pen_1.5", ""}, {"with space", "text"}};
    p.parameter_hashes = {{"face_cheek", "0123"}, {"with space", "4567"}};
    p.threads = 2;
    p.wall_time = 0.25;
    return result;
}

}  // namespace skin::test
