#include "io/results_fields.hpp"

namespace skin::io {

namespace {

template <class T>
std::vector<T> column(const Origins& origins, T (*of)(const Origin&)) {
    std::vector<T> values;
    values.reserve(origins.size());
    for (const auto& [name, origin] : origins) values.push_back(of(origin));
    return values;
}

}  // namespace

void write_info(Hdf5Group& group, const ResultInfo& info) {
    std::vector<std::string> codes, places, messages;
    for (const auto& warning : info.warnings) {
        codes.push_back(warning.code);
        places.push_back(warning.where);
        messages.push_back(warning.message);
    }
    group.attribute("warnings", messages);
    group.attribute("warning_codes", codes);
    group.attribute("warning_places", places);
    group.attribute("citations", info.citations);
    group.attribute("models", info.models);
}

ResultInfo read_info(const Hdf5Group& group) {
    ResultInfo info;
    const auto messages = group.texts_attribute("warnings");
    const auto codes = group.texts_attribute("warning_codes");
    const auto places = group.texts_attribute("warning_places");
    if (codes.size() != messages.size() || places.size() != messages.size())
        group.fail("its warnings do not fit together");
    for (std::size_t i = 0; i < messages.size(); ++i) info.warnings.push_back({codes[i], places[i], messages[i]});
    info.citations = group.texts_attribute("citations");
    info.models = group.texts_attribute("models");
    return info;
}

void write_origins(Hdf5Group& parent, const std::string& name, const Origins& origins) {
    Hdf5Group group = parent.create(name);
    group.attribute("long_name", std::string{"where each value comes from; a missing name was set in code"});
    const Shape shape{origins.size()};
    const auto texts = [&](const char* key, const char* meaning, std::string (*of)(const Origin&)) {
        group.write({.name = key, .meaning = meaning, .dims = {"name"}}, shape, column<std::string>(origins, of));
    };
    const auto numbers = [&](const char* key, const char* meaning, double (*of)(const Origin&)) {
        group.write({.name = key, .units = "SI of the value", .meaning = meaning, .dims = {"name"}}, shape,
                    column<double>(origins, of).data());
    };
    std::vector<std::string> keys;
    for (const auto& entry : origins) keys.push_back(entry.first);
    group.write({.name = "name", .meaning = "dotted name without the root", .dims = {"name"}}, shape, keys);
    texts("set", "id of the parameter set", [](const Origin& o) { return o.set; });
    Label kind{.name = "kind", .meaning = "how the value came to be known", .dims = {"name"}};
    for (const auto& [entry, word] : EnumNames<Kind>::entries) {
        kind.flag_values.push_back(static_cast<std::int64_t>(entry));
        kind.flag_meanings.emplace_back(word);
    }
    group.write(kind, shape, column<std::int64_t>(origins, [](const Origin& o) {
                                 return static_cast<std::int64_t>(o.kind);
                             }).data());
    texts("source", "key of references.bib and the place in it", [](const Origin& o) { return o.source; });
    const Label uncertain{.name = "uncertain",
                          .meaning = "recalled with doubt",
                          .dims = {"name"},
                          .flag_values = {0, 1},
                          .flag_meanings = {"false", "true"}};
    group.write(uncertain, shape,
                column<std::int64_t>(origins, [](const Origin& o) { return std::int64_t{o.uncertain}; }).data());
    numbers("lo", "lower end of the stated range; NaN: not stated", [](const Origin& o) { return o.lo; });
    numbers("hi", "upper end of the stated range; NaN: not stated", [](const Origin& o) { return o.hi; });
    numbers("sd", "standard deviation; NaN: not stated", [](const Origin& o) { return o.sd; });
    group.write({.name = "n", .meaning = "subjects or samples behind sd; 0: not stated", .dims = {"name"}}, shape,
                column<std::int64_t>(origins, [](const Origin& o) { return std::int64_t{o.n}; }).data());
    texts("distribution", "normal, lognormal, loguniform or empty", [](const Origin& o) { return o.distribution; });
    texts("note", "remark", [](const Origin& o) { return o.note; });
    texts("fitted_to", "experiment that the value was fitted to", [](const Origin& o) { return o.fitted_to; });
}

Origins read_origins(const Hdf5Group& parent, const std::string& name) {
    const Hdf5Group group = parent.open(name);
    Shape shape;
    const auto keys = group.read_strings("name", shape);
    const auto checked = [&](auto values) {
        if (values.size() != keys.size()) group.fail("its columns differ in length");
        return values;
    };
    const auto sets = checked(group.read_strings("set", shape));
    const auto kinds = checked(group.read_integers("kind", shape));
    const auto sources = checked(group.read_strings("source", shape));
    const auto uncertain = checked(group.read_integers("uncertain", shape));
    const auto lo = checked(group.read_doubles("lo", shape));
    const auto hi = checked(group.read_doubles("hi", shape));
    const auto sd = checked(group.read_doubles("sd", shape));
    const auto n = checked(group.read_integers("n", shape));
    const auto distributions = checked(group.read_strings("distribution", shape));
    const auto notes = checked(group.read_strings("note", shape));
    const auto fitted = checked(group.read_strings("fitted_to", shape));
    Origins origins;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto kind = static_cast<Kind>(kinds[i]);
        if (name_of(kind) == "?") group.fail("'kind' holds an unknown choice");
        origins[keys[i]] = {
            sets[i],          kind,     sources[i], uncertain[i] != 0, lo[i], hi[i], sd[i], static_cast<int>(n[i]),
            distributions[i], notes[i], fitted[i]};
    }
    return origins;
}

}  // namespace skin::io
