#include "io/hdf5_file.hpp"

#include "io/results_image.hpp"
#include "skin/core/error.hpp"

#ifdef SKIN_WITH_HDF5

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <mutex>
#include <numeric>
#include <utility>

namespace skin::io {

namespace {

/// A handle of the C API that closes itself.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t)) noexcept : id_(id), close_(close) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    operator hid_t() const noexcept { return id_; }

private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

// HDF5 wants a name and refuses to open an image under the name of an existing file; below a device there is none.
constexpr const char* no_name = "/dev/null/libskin";

std::mutex& library_lock() {
    static std::mutex lock;
    return lock;
}

// '/' separates groups and "." is the group itself, so neither may stand in a name as it is.
std::string link_name(const std::string& name) {
    if (name.empty()) return "%";
    if (name == ".") return "%2E";
    std::string link;
    for (const char c : name) {
        if (c == '/') {
            link += "%2F";
        } else if (c == '%') {
            link += "%25";
        } else {
            link += c;
        }
    }
    return link;
}

std::string name_of_link(const std::string& link) {
    if (link == "%") return "";
    std::string name;
    for (std::size_t i = 0; i < link.size(); ++i) {
        const std::string code = link.substr(i, 3);
        const char c = code == "%2F" ? '/' : code == "%25" ? '%' : code == "%2E" ? '.' : '\0';
        name += c == '\0' ? link[i] : c;
        if (c != '\0') i += 2;
    }
    return name;
}

}  // namespace

struct Hdf5Group::State {
    // Order matters: the lock is taken first and released last.
    std::unique_lock<std::mutex> lock{library_lock()};
    H5E_auto2_t error_printer = nullptr;
    void* error_client = nullptr;
    std::filesystem::path path;
    std::vector<char> image;
    std::int64_t file = -1;
    std::int64_t string_type = -1;
    bool compress = false;
    bool same_version = true;
    bool writing = false;

    State(const std::filesystem::path& where, bool to_write) : path(where), writing(to_write) {
        H5Eget_auto2(H5E_DEFAULT, &error_printer, &error_client);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // the library never prints
        string_type = H5Tcopy(H5T_C_S1);
        H5Tset_size(string_type, H5T_VARIABLE);
        H5Tset_cset(string_type, H5T_CSET_UTF8);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (string_type >= 0) H5Tclose(string_type);
        if (file >= 0) H5Fclose(file);
        H5Eset_auto2(H5E_DEFAULT, error_printer, error_client);
    }

    /// Bytes that an honest dataset of this file can have: gzip shrinks 1032 : 1 at most.
    [[nodiscard]] double largest_dataset() const { return 1100.0 * static_cast<double>(image.size()) + 1e6; }
};

Hdf5Group::Hdf5Group(std::shared_ptr<State> state, std::int64_t id, std::string path)
    : state_(std::move(state)),
      id_(new std::int64_t(id),
          [](std::int64_t* p) {
              if (*p >= 0) H5Gclose(*p);
              delete p;
          }),
      path_(std::move(path)) {}

void Hdf5Group::fail(const std::string& what) const {
    const std::string where = path_.empty() ? std::string{} : ", group " + path_;
    throw FileError(state_->path.string() + where + ": " + what +
                    (state_->writing ? "" : "; expected a whole file of schema libskin.result/1"));
}

bool Hdf5Group::same_version() const noexcept { return state_->same_version; }

Hdf5Group Hdf5Group::create(const std::string& name) {
    const Handle lists(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    H5Pset_link_creation_order(lists, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_creation_order(lists, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(lists, false);  // same numbers, same bytes
    Hdf5Group group(state_, H5Gcreate2(*id_, link_name(name).c_str(), H5P_DEFAULT, lists, H5P_DEFAULT),
                    path_ + "/" + name);
    if (*group.id_ < 0) fail("cannot make the group '" + name + "'");
    return group;
}

Hdf5Group Hdf5Group::open(const std::string& name) const {
    if (!has(name)) fail("misses the group '" + name + "'");
    Hdf5Group group(state_, H5Gopen2(*id_, link_name(name).c_str(), H5P_DEFAULT), path_ + "/" + name);
    if (*group.id_ < 0) fail("cannot read the group '" + name + "'");
    return group;
}

bool Hdf5Group::has(const std::string& name) const { return H5Lexists(*id_, link_name(name).c_str(), H5P_DEFAULT) > 0; }

bool Hdf5Group::has_attribute(const std::string& name) const { return H5Aexists(*id_, name.c_str()) > 0; }

std::vector<std::string> Hdf5Group::names() const {
    std::vector<std::string> found;
    const auto visit = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->push_back(name_of_link(name));
        return 0;
    };
    if (H5Literate(*id_, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &found) < 0) {
        found.clear();
        if (H5Literate(*id_, H5_INDEX_NAME, H5_ITER_INC, nullptr, visit, &found) < 0) fail("cannot be listed");
    }
    return found;
}

namespace {

Handle space_of(const Shape& shape) {
    if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
    const std::vector<hsize_t> sizes(shape.begin(), shape.end());
    return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose};
}

std::size_t count_of(const Shape& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>{});
}

std::vector<const char*> pointers(const std::vector<std::string>& values) {
    std::vector<const char*> list;
    list.reserve(values.size());
    for (const auto& value : values) list.push_back(value.c_str());
    return list;
}

bool attach_attribute(hid_t object, const char* name, hid_t type, const Shape& shape, const void* values) {
    const Handle space = space_of(shape);
    const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    return attribute >= 0 && H5Awrite(attribute, type, values) >= 0;
}

bool attach_text(hid_t object, hid_t string_type, const char* name, const std::string& value) {
    const char* pointer = value.c_str();
    return attach_attribute(object, name, string_type, {}, &pointer);
}

bool attach_label(hid_t set, hid_t string_type, const Label& label, bool integers) {
    bool ok = attach_text(set, string_type, "units", label.units) &&
              attach_text(set, string_type, "long_name", label.meaning);
    const auto limit = [&](const char* name, double value) {
        if (!std::isfinite(value)) return;
        const auto whole = static_cast<std::int64_t>(value);
        ok = ok && (integers ? attach_attribute(set, name, H5T_NATIVE_INT64, {}, &whole)
                             : attach_attribute(set, name, H5T_NATIVE_DOUBLE, {}, &value));
    };
    limit("valid_min", label.lo);
    limit("valid_max", label.hi);
    if (!label.flag_values.empty()) {
        std::string meanings;
        for (const auto& meaning : label.flag_meanings) meanings += (meanings.empty() ? "" : " ") + meaning;
        ok = ok &&
             attach_attribute(set, "flag_values", H5T_NATIVE_INT64, {label.flag_values.size()},
                              label.flag_values.data()) &&
             attach_text(set, string_type, "flag_meanings", meanings);
    }
    if (label.is_unsigned) ok = ok && attach_text(set, string_type, "_Unsigned", "true");
    return ok;
}

}  // namespace

std::string Hdf5Group::dimension(const std::string& name, std::size_t n, const std::string& owner) {
    const auto found = axes_.find(name);
    if (found != axes_.end() && found->second.length == n) return name;
    if (found != axes_.end()) return dimension(owner + "_" + name, n, owner);  // an array that was left out: own axis
    // Something else of that name lies here: the needle of a stamp beside the axis of its needles.
    if (H5Lexists(*id_, link_name(name).c_str(), H5P_DEFAULT) > 0) return dimension(owner + "_" + name, n, owner);
    const Handle lists(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_attr_creation_order(lists, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(lists, false);
    const Handle space = space_of({n});
    const Handle scale(
        H5Dcreate2(*id_, link_name(name).c_str(), H5T_IEEE_F32BE, space, H5P_DEFAULT, lists, H5P_DEFAULT), H5Dclose);
    // The words by which netCDF knows an axis without values.
    const std::string words = text("This is a netCDF dimension but not a netCDF variable. %10zu", n);
    if (scale < 0 || H5DSset_scale(scale, words.c_str()) < 0) fail("cannot make the axis '" + name + "'");
    axes_[name] = {link_name(name), n};
    return name;
}

void Hdf5Group::write_any(const Label& label, const Shape& shape, std::int64_t type, const void* values) {
    assert(label.dims.size() == shape.size());
    const std::size_t n = count_of(shape);
    const Handle lists(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_attr_creation_order(lists, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(lists, false);
    const std::size_t bytes = n * H5Tget_size(type);
    if (n > 0 && bytes <= 1024) {
        H5Pset_layout(lists, H5D_COMPACT);  // small values live in the header, under its checksum
    } else if (state_->compress && bytes > 0 && H5Tis_variable_str(type) <= 0) {
        std::vector<hsize_t> chunk(shape.begin(), shape.end());
        H5Pset_chunk(lists, static_cast<int>(chunk.size()), chunk.data());
        H5Pset_shuffle(lists);
        H5Pset_deflate(lists, 4);
    }
    const bool is_axis = shape.size() == 1 && label.dims[0] == label.name && axes_.count(label.name) == 0;
    std::vector<std::string> dims;
    if (!is_axis) {
        for (std::size_t i = 0; i < shape.size(); ++i) {
            dims.push_back(
                dimension(label.dims[i] == label.name ? label.name + "_axis" : label.dims[i], shape[i], label.name));
        }
    }
    const Handle space = space_of(shape);
    const Handle set(H5Dcreate2(*id_, link_name(label.name).c_str(), type, space, H5P_DEFAULT, lists, H5P_DEFAULT),
                     H5Dclose);
    bool ok = set >= 0 && (n == 0 || H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    ok = ok && attach_label(set, state_->string_type, label, H5Tget_class(type) == H5T_INTEGER);
    if (ok && is_axis) {
        ok = H5DSset_scale(set, label.name.c_str()) >= 0;
        axes_[label.name] = {link_name(label.name), shape[0]};
    }
    for (std::size_t i = 0; ok && i < dims.size(); ++i) {
        const Handle scale(H5Dopen2(*id_, axes_.at(dims[i]).link.c_str(), H5P_DEFAULT), H5Dclose);
        ok = scale >= 0 && H5DSattach_scale(set, scale, static_cast<unsigned>(i)) >= 0;
    }
    if (!ok) fail("cannot hold '" + label.name + "'");
}

void Hdf5Group::write(const Label& label, const Shape& shape, const double* values) {
    write_any(label, shape, H5T_NATIVE_DOUBLE, values);
}

void Hdf5Group::write(const Label& label, const Shape& shape, const std::int64_t* values) {
    write_any(label, shape, H5T_NATIVE_INT64, values);
}

void Hdf5Group::write(const Label& label, const Shape& shape, const std::vector<std::string>& values) {
    for (const auto& value : values) {
        if (value.find('\0') != std::string::npos) fail("'" + label.name + "' holds a null character");
    }
    write_any(label, shape, state_->string_type, pointers(values).data());
}

void Hdf5Group::attribute(const std::string& name, const std::string& value) {
    if (value.find('\0') != std::string::npos) fail("'" + name + "' holds a null character");
    if (!attach_text(*id_, state_->string_type, name.c_str(), value)) fail("cannot hold '" + name + "'");
}

void Hdf5Group::attribute(const std::string& name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    for (const auto& value : values) {
        if (value.find('\0') != std::string::npos) fail("'" + name + "' holds a null character");
    }
    if (!attach_attribute(*id_, name.c_str(), state_->string_type, {values.size()}, pointers(values).data())) {
        fail("cannot hold '" + name + "'");
    }
}

void Hdf5Group::attribute(const std::string& name, std::int64_t value) {
    if (!attach_attribute(*id_, name.c_str(), H5T_NATIVE_INT64, {}, &value)) fail("cannot hold '" + name + "'");
}

void Hdf5Group::attribute(const std::string& name, double value) {
    if (!attach_attribute(*id_, name.c_str(), H5T_NATIVE_DOUBLE, {}, &value)) fail("cannot hold '" + name + "'");
}

namespace {

/// Shape of a dataspace; false when it cannot be one of ours.
bool shape_of(hid_t space, Shape& shape, double element_size, double limit) {
    shape.clear();
    if (space < 0) return false;
    const H5S_class_t kind = H5Sget_simple_extent_type(space);
    if (kind == H5S_SCALAR) return true;
    if (kind != H5S_SIMPLE) return false;
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 0 || rank > 8) return false;
    std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
    if (rank > 0 && H5Sget_simple_extent_dims(space, sizes.data(), nullptr) < 0) return false;
    shape.assign(sizes.begin(), sizes.end());
    double bytes = element_size;
    for (const auto n : sizes) {
        if (static_cast<double>(n) > limit) return false;
        bytes *= static_cast<double>(n);
    }
    return bytes <= limit;
}

/// The strings that HDF5 allocated, copied and given back.
std::vector<std::string> take(std::vector<char*>& raw, hid_t type, hid_t space) {
    std::vector<std::string> values;
    values.reserve(raw.size());
    for (const char* text : raw) values.emplace_back(text == nullptr ? "" : text);
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, raw.data());
    return values;
}

}  // namespace

#define SKIN_READ(KIND, MEMORY, MATCHES)                                                                        \
    if (!has(name)) fail("misses '" + name + "'");                                                              \
    const Handle set(H5Dopen2(*id_, link_name(name).c_str(), H5P_DEFAULT), H5Dclose);                           \
    if (set < 0) fail("cannot read '" + name + "'");                                                            \
    const Handle type(H5Dget_type(set), H5Tclose);                                                              \
    const Handle space(H5Dget_space(set), H5Sclose);                                                            \
    if (type < 0 || !(MATCHES)) fail("'" + name + "' is not " KIND);                                            \
    if (!shape_of(space, shape, 8.0, state_->largest_dataset())) fail("'" + name + "' has an impossible size"); \
    const std::size_t n = count_of(shape)

std::vector<double> Hdf5Group::read_doubles(const std::string& name, Shape& shape) const {
    SKIN_READ("made of floating-point numbers", double, H5Tget_class(type) == H5T_FLOAT && H5Tget_size(type) == 8);
    std::vector<double> values(n);
    if (n > 0 && H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        fail("cannot read '" + name + "'");
    return values;
}

std::vector<std::int64_t> Hdf5Group::read_integers(const std::string& name, Shape& shape) const {
    SKIN_READ("made of integers", std::int64_t, H5Tget_class(type) == H5T_INTEGER && H5Tget_size(type) == 8);
    std::vector<std::int64_t> values(n);
    if (n > 0 && H5Dread(set, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        fail("cannot read '" + name + "'");
    return values;
}

std::vector<std::string> Hdf5Group::read_strings(const std::string& name, Shape& shape) const {
    SKIN_READ("made of strings", char*, H5Tis_variable_str(type) > 0);
    std::vector<char*> raw(n, nullptr);
    if (n > 0 && H5Dread(set, state_->string_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()) < 0)
        fail("cannot read '" + name + "'");
    return take(raw, state_->string_type, space);
}

#undef SKIN_READ

std::vector<std::string> Hdf5Group::texts_attribute(const std::string& name) const {
    if (!has_attribute(name)) return {};
    const Handle attribute(H5Aopen(*id_, name.c_str(), H5P_DEFAULT), H5Aclose);
    if (attribute < 0) fail("cannot read '" + name + "'");
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    Shape shape;
    if (type < 0 || H5Tis_variable_str(type) <= 0) fail("'" + name + "' is not a text");
    if (!shape_of(space, shape, 16.0, state_->largest_dataset())) fail("'" + name + "' has an impossible size");
    std::vector<char*> raw(count_of(shape), nullptr);
    if (!raw.empty() && H5Aread(attribute, state_->string_type, raw.data()) < 0) fail("cannot read '" + name + "'");
    return take(raw, state_->string_type, space);
}

std::string Hdf5Group::text_attribute(const std::string& name) const {
    const auto values = texts_attribute(name);
    if (values.size() != 1) fail("misses the attribute '" + name + "'");
    return values.front();
}

std::int64_t Hdf5Group::integer_attribute(const std::string& name) const {
    std::int64_t value = 0;
    const Handle attribute(has_attribute(name) ? H5Aopen(*id_, name.c_str(), H5P_DEFAULT) : hid_t{-1}, H5Aclose);
    const Handle type(attribute >= 0 ? H5Aget_type(attribute) : hid_t{-1}, H5Tclose);
    const Handle space(attribute >= 0 ? H5Aget_space(attribute) : hid_t{-1}, H5Sclose);
    if (type < 0 || H5Tget_class(type) != H5T_INTEGER || H5Sget_simple_extent_npoints(space) != 1 ||
        H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0) {
        fail("misses the integer attribute '" + name + "'");
    }
    return value;
}

double Hdf5Group::double_attribute(const std::string& name) const {
    double value = 0.0;
    const Handle attribute(has_attribute(name) ? H5Aopen(*id_, name.c_str(), H5P_DEFAULT) : hid_t{-1}, H5Aclose);
    const Handle type(attribute >= 0 ? H5Aget_type(attribute) : hid_t{-1}, H5Tclose);
    const Handle space(attribute >= 0 ? H5Aget_space(attribute) : hid_t{-1}, H5Sclose);
    if (type < 0 || H5Tget_class(type) != H5T_FLOAT || H5Sget_simple_extent_npoints(space) != 1 ||
        H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0) {
        fail("misses the number attribute '" + name + "'");
    }
    return value;
}

Hdf5File::Hdf5File(std::shared_ptr<Hdf5Group::State> state) : state_(std::move(state)) {}

Hdf5File Hdf5File::create(const std::filesystem::path& path, bool compress) {
    auto state = std::make_shared<Hdf5Group::State>(path, true);
    state->compress = compress;
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_fapl_core(access, std::size_t{1} << 20, false);
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);  // checksummed headers that every reader knows
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    const Handle lists(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_link_creation_order(lists, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_creation_order(lists, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(lists, false);
    state->file = H5Fcreate(no_name, H5F_ACC_TRUNC, lists, access);
    if (state->file < 0) throw FileError(path.string() + ": the HDF5 library cannot make a file in memory");
    return Hdf5File(std::move(state));
}

Hdf5File Hdf5File::read(const std::filesystem::path& path) {
    auto image = read_image(path);
    auto state = std::make_shared<Hdf5Group::State>(path, false);
    state->image = std::move(image);
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_fapl_core(access, std::size_t{1} << 20, false);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    if (!state->image.empty()) {
        H5Pset_file_image(access, state->image.data(), state->image.size());
        state->file = H5Fopen(no_name, H5F_ACC_RDONLY, access);
    }
    if (state->file < 0) {
        throw FileError(path.string() + ": is not a whole HDF5 file; expected schema libskin.result/1");
    }
    return Hdf5File(std::move(state));
}

Hdf5Group Hdf5File::root() const {
    Hdf5Group group(state_, H5Gopen2(state_->file, "/", H5P_DEFAULT), "");
    if (*group.id_ < 0) group.fail("has no root group");
    return group;
}

void Hdf5File::same_version(bool same) { state_->same_version = same; }

void Hdf5File::publish() {
    // H5Fget_file_image of HDF5 1.10.8 spoils the checksum of the superblock, so the bytes are taken from the driver.
    void* memory = nullptr;
    hsize_t size = 0;
    if (H5Fflush(state_->file, H5F_SCOPE_GLOBAL) < 0 || H5Fget_filesize(state_->file, &size) < 0 ||
        H5Fget_vfd_handle(state_->file, H5P_DEFAULT, &memory) < 0 || memory == nullptr) {
        throw FileError(state_->path.string() + ": the HDF5 library cannot give its file");
    }
    const char* bytes = *static_cast<char**>(memory);
    // The driver grows in steps; the superblock (version 2, bytes 28 to 35, little endian) says where the file ends.
    hsize_t end = 0;
    for (int i = 7; i >= 0; --i) end = end * 256 + static_cast<unsigned char>(bytes[28 + i]);
    std::vector<char> image(bytes, bytes + std::min(size, end));
    write_image(state_->path, std::move(image));
}

}  // namespace skin::io

#else  // without HDF5: the same names, one sentence

namespace skin::io {

namespace {
[[noreturn]] void without() {
    throw FileError(
        "this libskin was built without HDF5 (SKIN_WITH_HDF5=OFF), so it can neither save nor load results");
}
}  // namespace

struct Hdf5Group::State {};
Hdf5Group Hdf5Group::create(const std::string&) { without(); }
Hdf5Group Hdf5Group::open(const std::string&) const { without(); }
bool Hdf5Group::has(const std::string&) const { without(); }
bool Hdf5Group::has_attribute(const std::string&) const { without(); }
std::vector<std::string> Hdf5Group::names() const { without(); }
std::string Hdf5Group::dimension(const std::string&, std::size_t, const std::string&) { without(); }
void Hdf5Group::write(const Label&, const Shape&, const double*) { without(); }
void Hdf5Group::write(const Label&, const Shape&, const std::int64_t*) { without(); }
void Hdf5Group::write(const Label&, const Shape&, const std::vector<std::string>&) { without(); }
void Hdf5Group::attribute(const std::string&, const std::string&) { without(); }
void Hdf5Group::attribute(const std::string&, const std::vector<std::string>&) { without(); }
void Hdf5Group::attribute(const std::string&, std::int64_t) { without(); }
void Hdf5Group::attribute(const std::string&, double) { without(); }
std::vector<double> Hdf5Group::read_doubles(const std::string&, Shape&) const { without(); }
std::vector<std::int64_t> Hdf5Group::read_integers(const std::string&, Shape&) const { without(); }
std::vector<std::string> Hdf5Group::read_strings(const std::string&, Shape&) const { without(); }
std::string Hdf5Group::text_attribute(const std::string&) const { without(); }
std::vector<std::string> Hdf5Group::texts_attribute(const std::string&) const { without(); }
std::int64_t Hdf5Group::integer_attribute(const std::string&) const { without(); }
double Hdf5Group::double_attribute(const std::string&) const { without(); }
void Hdf5Group::fail(const std::string& what) const { throw FileError(what); }
bool Hdf5Group::same_version() const noexcept { return true; }
Hdf5File::Hdf5File(std::shared_ptr<Hdf5Group::State> state) : state_(std::move(state)) {}
Hdf5File Hdf5File::create(const std::filesystem::path&, bool) { without(); }
Hdf5File Hdf5File::read(const std::filesystem::path&) { without(); }
Hdf5Group Hdf5File::root() const { without(); }
void Hdf5File::same_version(bool) { without(); }
void Hdf5File::publish() { without(); }

}  // namespace skin::io

#endif
