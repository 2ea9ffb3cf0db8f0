#include "skin/io/results.hpp"

#include <chrono>
#include <ctime>
#include <fstream>
#include <new>
#include <sstream>
#include <stdexcept>

#include "io/results_fields.hpp"
#include "skin/core/error.hpp"
#include "skin/core/version.hpp"
#include "skin/io/parameters.hpp"

namespace skin {

namespace {

using io::Hdf5File;
using io::Hdf5Group;
using io::Label;

constexpr std::string_view schema_root = "libskin.result/";
constexpr long schema_major = 1;
constexpr std::string_view intended_use =
    "Research only: not a medical device and not advice. Which ranges were validated is said in docs/vv; a result "
    "outside them carries the warning outside_validated_range.";

/// The group of each kind of result, which is also its word in the root attribute `result`.
template <class Result>
constexpr std::string_view kind{};
template <>
constexpr std::string_view kind<TreatmentResult> = "treatment";
template <>
constexpr std::string_view kind<InsertionResult> = "insertion";
template <>
constexpr std::string_view kind<TearingResult> = "tearing";
template <>
constexpr std::string_view kind<BleedingResult> = "bleeding";
template <>
constexpr std::string_view kind<RecoveryResult> = "recovery";
template <>
constexpr std::string_view kind<DeliveryResult> = "transport";
template <>
constexpr std::string_view kind<SafetyResult> = "safety";
template <>
constexpr std::string_view kind<HealingResult> = "healing";

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char words[32];
    std::strftime(words, sizeof words, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return words;
}

void write_head(Hdf5Group& root, std::string_view what, const std::string& title, const Provenance& provenance) {
    root.attribute("schema", std::string{schema_root} + std::to_string(schema_major));
    root.attribute("result", std::string{what});
    root.attribute("title", title);
    root.attribute("libskin_version", provenance.libskin_version);
    root.attribute("git_revision", provenance.git_revision);
    root.attribute("build", provenance.build);
    root.attribute("created", provenance.created);
    root.attribute("intended_use", std::string{intended_use});
}

/// Names along an axis that the struct itself does not carry, so that xarray can select by them.
void write_names(Hdf5Group& group, const char* axis, const char* meaning, const std::vector<std::string>& names) {
    group.write({.name = axis, .meaning = meaning, .dims = {axis}}, {names.size()}, names);
}

template <class T>
void write_group(Hdf5Group& parent, const std::string& name, const T& value) {
    Hdf5Group group = parent.create(name);
    io::detail::write_described(group, value);
}

void write_session(Hdf5Group& parent, const std::string& name, const SessionResult& session, const Skin& skin) {
    std::vector<std::string> layers, living, beds;
    for (const auto& layer : skin.layers) layers.push_back(layer.name);
    for (std::size_t i = 1; i < 4; ++i) living.emplace_back(layer_names[i]);
    for (const auto& bed : skin.vasculature.bed) beds.push_back(bed.name);

    Hdf5Group group = parent.create(name);
    Hdf5Group insertion = group.create("insertion");
    if (static_cast<std::size_t>(session.insertion.reached.size()) == layers.size()) {
        write_names(insertion, "layer", "layers of the skin, outermost first", layers);
    }
    io::detail::write_described(insertion, session.insertion);
    write_group(group, "tearing", session.tearing);
    Hdf5Group bleeding = group.create("bleeding");
    if (static_cast<std::size_t>(session.bleeding.cut_vessels.cols()) == beds.size()) {
        write_names(bleeding, "bed", "beds of vessels, outermost first", beds);
    }
    io::detail::write_described(bleeding, session.bleeding);
    write_group(group, "recovery", session.recovery);
    Hdf5Group transport = group.create("transport");
    for (const auto& [product, delivery] : session.delivery) write_group(transport, product, delivery);
    write_group(group, "safety", session.safety);
    Hdf5Group dose = group.create("dose");
    if (static_cast<std::size_t>(session.dose.punctured.size()) == living.size()) {
        write_names(dose, "layer", "living layers", living);
    }
    io::detail::write_described(dose, session.dose);
}

void write_text(Hdf5Group& group, const std::string& name, const char* meaning, const std::string& words) {
    group.write({.name = name, .meaning = meaning}, {}, std::vector<std::string>{words});
}

void write_inputs(Hdf5Group& root, const TreatmentResult& result) {
    Hdf5Group inputs = root.create("inputs");
    write_text(inputs, "protocol", "the treatment file itself; empty: built in code", result.provenance.protocol_text);
    Hdf5Group parameters = inputs.create("parameters");
    for (const auto& [id, words] : result.provenance.parameter_texts) {
        write_text(parameters, id, "text of the parameter set", words);
    }
    std::ifstream bibliography;
    try {
        bibliography.open(data_folder() / "references.bib");
    } catch (const Error&) {
        // Values and keys of their sources are in the file all the same.
    }
    if (bibliography) {
        std::ostringstream words;
        words << bibliography.rdbuf();
        write_text(inputs, "references.bib", "the references that sources name", words.str());
    }
    write_group(inputs, "skin", result.skin);
    write_group(inputs, "treatment", result.protocol);
    write_group(inputs, "settings", result.settings);
}

void write_treatment(Hdf5Group& root, const TreatmentResult& result) {
    const Provenance& provenance = result.provenance;
    root.attribute("protocol_id", result.protocol.id);
    root.attribute("seed", static_cast<std::int64_t>(provenance.seed));
    root.attribute("threads", std::int64_t{provenance.threads});
    root.attribute("wall_time", provenance.wall_time);
    std::vector<std::string> sets;
    for (const auto& [id, hash] : provenance.parameter_hashes) sets.push_back(id + " " + hash);
    root.attribute("parameter_sets", sets);
    io::write_info(root, result.info);
    Hdf5Group sessions = root.create("sessions");
    sessions.attribute("length", static_cast<std::int64_t>(result.sessions.size()));
    for (std::size_t k = 0; k < result.sessions.size(); ++k) {
        write_session(sessions, std::to_string(k), result.sessions[k], result.skin);
    }
    write_group(root, "healing", result.healing);
    Hdf5Group shown = root.create("summary");
    if (static_cast<std::size_t>(result.summary.reached.size()) == result.skin.layers.size()) {
        std::vector<std::string> layers;
        for (const auto& layer : result.skin.layers) layers.push_back(layer.name);
        write_names(shown, "layer", "layers of the skin, outermost first", layers);
    }
    io::detail::write_described(shown, result.summary);
    write_inputs(root, result);
}

SessionResult read_session(const Hdf5Group& group) {
    SessionResult session;
    io::detail::read_described(group.open("insertion"), session.insertion);
    io::detail::read_described(group.open("tearing"), session.tearing);
    io::detail::read_described(group.open("bleeding"), session.bleeding);
    io::detail::read_described(group.open("recovery"), session.recovery);
    const Hdf5Group transport = group.open("transport");
    for (const auto& product : transport.names()) {
        io::detail::read_described(transport.open(product), session.delivery[product]);
    }
    io::detail::read_described(group.open("safety"), session.safety);
    io::detail::read_described(group.open("dose"), session.dose);
    return session;
}

std::string read_text(const Hdf5Group& group, const std::string& name) {
    io::Shape shape;
    const auto values = group.read_strings(name, shape);
    return io::detail::only(group, name, values, shape);
}

TreatmentResult read_treatment(const Hdf5Group& root) {
    TreatmentResult result;
    Provenance& provenance = result.provenance;
    provenance.libskin_version = root.text_attribute("libskin_version");
    provenance.git_revision = root.text_attribute("git_revision");
    provenance.build = root.text_attribute("build");
    provenance.created = root.text_attribute("created");
    provenance.seed = static_cast<std::uint64_t>(root.integer_attribute("seed"));
    provenance.threads = static_cast<int>(root.integer_attribute("threads"));
    provenance.wall_time = root.double_attribute("wall_time");
    for (const auto& set : root.texts_attribute("parameter_sets")) {
        const auto space = set.rfind(' ');
        if (space == std::string::npos) root.fail("'parameter_sets' is not made of an id and a hash");
        provenance.parameter_hashes[set.substr(0, space)] = set.substr(space + 1);
    }
    result.info = io::read_info(root);
    const Hdf5Group inputs = root.open("inputs");
    provenance.protocol_text = read_text(inputs, "protocol");
    const Hdf5Group parameters = inputs.open("parameters");
    for (const auto& id : parameters.names()) provenance.parameter_texts[id] = read_text(parameters, id);
    io::detail::read_described(inputs.open("skin"), result.skin);
    io::detail::read_described(inputs.open("treatment"), result.protocol);
    io::detail::read_described(inputs.open("settings"), result.settings);
    const Hdf5Group sessions = root.open("sessions");
    const auto n_sessions = sessions.integer_attribute("length");
    for (std::int64_t k = 0; k < n_sessions; ++k)
        result.sessions.push_back(read_session(sessions.open(std::to_string(k))));
    io::detail::read_described(root.open("healing"), result.healing);
    io::detail::read_described(root.open("summary"), result.summary);
    return result;
}

template <class Result>
void save_one(const Result& result, const std::filesystem::path& path, const SaveOptions& options) {
    Hdf5File file = Hdf5File::create(path, options.compress);
    Hdf5Group root = file.root();
    Provenance here;
    here.libskin_version = version();
    here.git_revision = git_revision();
    here.build = build_description();
    here.created = utc_now();
    write_head(root, kind<Result>, "", here);
    write_group(root, std::string{kind<Result>}, result);
    file.publish();
}

/// The schema of the root group, checked; the kind of result.
std::string read_head(const Hdf5File& file, Hdf5Group& root) {
    if (!root.has_attribute("schema")) root.fail("is an HDF5 file, but not one of libskin");
    const std::string schema = root.text_attribute("schema");
    if (schema.rfind(schema_root, 0) != 0) root.fail("is of schema '" + schema + "'");
    const std::string number = schema.substr(schema_root.size());
    char* end = nullptr;
    const long major = std::strtol(number.c_str(), &end, 10);
    if (end == number.c_str() || major < 1) root.fail("is of schema '" + schema + "'");
    if (major > schema_major) {
        root.fail("is of schema '" + schema + "', which is newer than this libskin " + std::string{version()} +
                  " reads");
    }
    // Between two revisions a struct may have gained a member, so only our own files must be complete.
    Hdf5File(file).same_version(root.text_attribute("libskin_version") == version() &&
                                root.has_attribute("git_revision") &&
                                root.text_attribute("git_revision") == git_revision() && git_revision() != "unknown");
    return root.text_attribute("result");
}

AnyResult read_file(const std::filesystem::path& path) {
    const Hdf5File file = Hdf5File::read(path);
    Hdf5Group root = file.root();
    const std::string what = read_head(file, root);
    if (what == kind<TreatmentResult>) return read_treatment(root);
    const auto single = [&]<class Result>(Result result) -> AnyResult {
        io::detail::read_described(root.open(what), result);
        return result;
    };
    if (what == kind<InsertionResult>) return single(InsertionResult{});
    if (what == kind<TearingResult>) return single(TearingResult{});
    if (what == kind<BleedingResult>) return single(BleedingResult{});
    if (what == kind<RecoveryResult>) return single(RecoveryResult{});
    if (what == kind<DeliveryResult>) return single(DeliveryResult{});
    if (what == kind<SafetyResult>) return single(SafetyResult{});
    if (what == kind<HealingResult>) return single(HealingResult{});
    root.fail("holds the unknown result '" + what + "'");
}

}  // namespace

void save(const TreatmentResult& result, const std::filesystem::path& path, const SaveOptions& options) {
    Hdf5File file = Hdf5File::create(path, options.compress);
    Hdf5Group root = file.root();
    write_head(root, kind<TreatmentResult>, result.protocol.title, result.provenance);
    write_treatment(root, result);
    file.publish();
}

void save(const InsertionResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }
void save(const TearingResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }
void save(const BleedingResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }
void save(const RecoveryResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }
void save(const DeliveryResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }
void save(const SafetyResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }
void save(const HealingResult& r, const std::filesystem::path& path, const SaveOptions& o) { save_one(r, path, o); }

AnyResult load_any(const std::filesystem::path& path) {
    try {
        return read_file(path);
    } catch (const std::bad_alloc&) {
        throw FileError(path.string() + ": names arrays that do not fit into memory; it is damaged");
    } catch (const std::length_error&) {
        throw FileError(path.string() + ": names arrays of an impossible size; it is damaged");
    }
}

std::string_view kind_of(const AnyResult& result) noexcept {
    return std::visit([](const auto& held) { return kind<std::decay_t<decltype(held)>>; }, result);
}

void detail::refuse_kind(const std::filesystem::path& path, const AnyResult& found, std::string_view expected) {
    throw FileError(path.string() + ": holds the result of '" + std::string{kind_of(found)} + "'; expected '" +
                    std::string{expected} + "'");
}

}  // namespace skin
