// One HDF5 file, built or read whole in memory (design: one private handle, no HDF5 header outside hdf5_file.cpp).
// Disk errors therefore never meet the HDF5 library: it sees a complete image or none, and saving is one plain write.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skin::io {

/// What a dataset says of itself: the line of its describe table.
struct Label {
    std::string name;
    std::string units = "1";
    std::string meaning;
    std::vector<std::string> dims{};  ///< one a axis, empty for a scalar
    double lo = -std::numeric_limits<double>::infinity();
    double hi = std::numeric_limits<double>::infinity();
    std::vector<std::int64_t> flag_values{};  ///< of an enum or bool
    std::vector<std::string> flag_meanings{};
    bool is_unsigned = false;  ///< 64 bits without sign in an int64, marked as netCDF does (_Unsigned)
};

using Shape = std::vector<std::size_t>;

/// A group of the file. Names may hold any character: '/' is escaped. Every failure is a FileError.
class Hdf5Group {
public:
    [[nodiscard]] Hdf5Group create(const std::string& name);
    [[nodiscard]] Hdf5Group open(const std::string& name) const;
    [[nodiscard]] bool has(const std::string& name) const;  ///< group or dataset
    [[nodiscard]] bool has_attribute(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> names() const;  ///< members in order of creation

    /// An axis: `name` has length `n`. Returns the name to use, which is another one if `name` has another length.
    std::string dimension(const std::string& name, std::size_t n, const std::string& owner);

    void write(const Label& label, const Shape& shape, const double* values);
    void write(const Label& label, const Shape& shape, const std::int64_t* values);
    void write(const Label& label, const Shape& shape, const std::vector<std::string>& values);
    void attribute(const std::string& name, const std::string& value);
    void attribute(const std::string& name, const std::vector<std::string>& values);  ///< none: nothing is written
    void attribute(const std::string& name, std::int64_t value);
    void attribute(const std::string& name, double value);

    [[nodiscard]] std::vector<double> read_doubles(const std::string& name, Shape& shape) const;
    [[nodiscard]] std::vector<std::int64_t> read_integers(const std::string& name, Shape& shape) const;
    [[nodiscard]] std::vector<std::string> read_strings(const std::string& name, Shape& shape) const;
    [[nodiscard]] std::string text_attribute(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> texts_attribute(const std::string& name) const;  ///< none: empty
    [[nodiscard]] std::int64_t integer_attribute(const std::string& name) const;
    [[nodiscard]] double double_attribute(const std::string& name) const;

    [[noreturn]] void fail(const std::string& what) const;  ///< FileError with file and group
    [[nodiscard]] bool same_version() const noexcept;       ///< written by this very version: nothing may be missing

private:
    friend class Hdf5File;
    struct State;  // file-wide
    struct Axis {
        std::string link;
        std::size_t length = 0;
    };
    Hdf5Group(std::shared_ptr<State> state, std::int64_t id, std::string path);
    void write_any(const Label& label, const Shape& shape, std::int64_t type, const void* values);

    std::shared_ptr<State> state_;
    std::shared_ptr<std::int64_t> id_;  // closes the group with its last copy
    std::string path_;
    std::map<std::string, Axis> axes_;
};

/// Holds the process-wide lock as long as it lives. Without HDF5 every constructor throws FileError.
class Hdf5File {
public:
    [[nodiscard]] static Hdf5File create(const std::filesystem::path& path, bool compress);
    [[nodiscard]] static Hdf5File read(const std::filesystem::path& path);
    [[nodiscard]] Hdf5Group root() const;
    void same_version(bool same);  ///< set by the reader of the root attributes
    /// Write the image aside in the same folder, sync, rename: an existing file is replaced whole or not at all.
    void publish();

private:
    explicit Hdf5File(std::shared_ptr<Hdf5Group::State> state);
    std::shared_ptr<Hdf5Group::State> state_;
};

}  // namespace skin::io
