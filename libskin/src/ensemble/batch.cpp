#include "skin/ensemble/batch.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <limits>
#include <mutex>

#include "insertion/needle_end.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

void for_each_sample(std::int64_t n_samples, const std::function<void(std::int64_t)>& work, const RunControl& control) {
    if (n_samples < 0) throw ParameterError(text("n_samples = %lld is negative", static_cast<long long>(n_samples)));
    if (control.threads < 0)
        throw ParameterError(text("control.threads = %d is negative; 0 means all cores", control.threads));
    const int cores = tbb::this_task_arena::max_concurrency();
    tbb::task_arena arena(control.threads > 0 ? std::min(control.threads, cores) : cores);
    std::mutex one_at_a_time;
    std::int64_t done = 0;
    arena.execute([&] {
        tbb::parallel_for(std::int64_t{0}, n_samples, [&](std::int64_t i) {
            if (control.stop.stop_requested()) {
                const std::lock_guard lock(one_at_a_time);
                throw Cancelled(text("stopped after %lld of %lld samples", static_cast<long long>(done),
                                     static_cast<long long>(n_samples)));
            }
            work(i);
            const std::lock_guard lock(one_at_a_time);
            ++done;
            if (control.on_progress) control.on_progress({done, n_samples, "sample"});
        });
    });
}

namespace {

template <class One>
InsertBatch batch(std::size_t size, const InsertionSettings& settings, const RunControl& control, One one) {
    validate(settings, "settings");
    const auto n = static_cast<Eigen::Index>(size);
    InsertBatch result;
    result.depth = Eigen::VectorXd::Constant(n, std::numeric_limits<double>::quiet_NaN());
    result.puncture_force = result.depth;
    result.status.assign(size, static_cast<int>(SampleStatus::failed));
    result.message.resize(size);
    for_each_sample(
        n,
        [&](std::int64_t i) {
            const auto slot = static_cast<std::size_t>(i);
            try {
                const insertion::NeedleEnd end = one(slot);
                result.depth[i] = end.depth;
                result.puncture_force[i] = end.puncture_force;
                result.status[slot] = static_cast<int>(SampleStatus::ok);
            } catch (const Cancelled&) {
                throw;
            } catch (const ParameterError& error) {
                result.status[slot] = static_cast<int>(SampleStatus::bad_parameter);
                result.message[slot] = error.what();
            } catch (const Error& error) {
                result.message[slot] = error.what();
            }
        },
        control);
    return result;
}

}  // namespace

InsertBatch insert_batch(const std::vector<Skin>& skins, const Needle& needle, const Travel& use,
                         const InsertionSettings& settings, const RunControl& control) {
    std::vector<const Skin*> places;
    places.reserve(skins.size());
    for (const Skin& skin : skins) places.push_back(&skin);
    return detail::insert_batch(places, needle, use, settings, control);
}

InsertBatch detail::insert_batch(std::span<const Skin* const> skins, const Needle& needle, const Travel& use,
                                 const InsertionSettings& settings, const RunControl& control) {
    validate_needle(needle);
    validate(use, "use");
    return batch(skins.size(), settings, control,
                 [&](std::size_t i) { return insertion::needle_end(*skins[i], needle, use, settings); });
}

InsertBatch insert_batch(const std::vector<Skin>& skins, const Device& device, const Use& use, std::uint64_t seed,
                         const InsertionSettings& settings, const RunControl& control) {
    validate_device(device);
    validate_use(use);
    return batch(skins.size(), settings, control, [&](std::size_t i) -> insertion::NeedleEnd {
        const InsertionResult sample = insert(skins[i], device, use, seed + i, settings);
        return {sample.depth_mean, sample.puncture_force};
    });
}

}  // namespace skin
