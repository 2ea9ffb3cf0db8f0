// Results in HDF5 files that xarray and h5py open without libskin (design.md 10).
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>
#include <variant>

#include "skin/treatment/session.hpp"

namespace skin {

struct SaveOptions {
    bool compress = false;  ///< gzip of arrays; costs more than solving
};

/// Write aside, then rename: a killed or failing write never damages an existing file. FileError.
void save(const TreatmentResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const InsertionResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const TearingResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const BleedingResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const RecoveryResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const DeliveryResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const SafetyResult& result, const std::filesystem::path& path, const SaveOptions& options = {});
void save(const HealingResult& result, const std::filesystem::path& path, const SaveOptions& options = {});

using AnyResult = std::variant<TreatmentResult, InsertionResult, TearingResult, BleedingResult, RecoveryResult,
                               DeliveryResult, SafetyResult, HealingResult>;

/// Whatever the file holds. FileError when it is not a libskin file, is damaged, or is of a newer major schema.
[[nodiscard]] AnyResult load_any(const std::filesystem::path& path);

/// "treatment", "insertion", ... as in the root attribute `result` of the file.
[[nodiscard]] std::string_view kind_of(const AnyResult& result) noexcept;

namespace detail {
[[noreturn]] void refuse_kind(const std::filesystem::path& path, const AnyResult& found, std::string_view expected);
}  // namespace detail

/// The result of one kind. FileError that names what the file holds instead.
template <class Result>
[[nodiscard]] Result load(const std::filesystem::path& path) {
    AnyResult found = load_any(path);
    if (Result* result = std::get_if<Result>(&found)) return std::move(*result);
    detail::refuse_kind(path, found, kind_of(AnyResult{Result{}}));
}

}  // namespace skin
