// The bytes of a result file: read whole, or written aside and renamed; sealed with a checksum behind the HDF5 data.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace skin::io {

/// The HDF5 bytes of `path` without their seal. FileError when it cannot be read, or the seal is
/// missing or does not fit the bytes.
[[nodiscard]] std::vector<char> read_image(const std::filesystem::path& path);

/// Write `image` and its seal to a temporary file in the folder of `path`, sync it, rename it. FileError on any
/// failure: then an existing file is as it was and the temporary file is gone.
void write_image(const std::filesystem::path& path, std::vector<char> image);

}  // namespace skin::io
