#include "io/results_image.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/crc.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "skin/core/error.hpp"

namespace skin::io {

namespace {

// HDF5 ignores bytes behind its end of file. It trusts the rest, though: HDF5 1.10.8 crashes on some damaged files
// (a flipped byte in a heap of strings), so only bytes that fit their seal may reach it.
constexpr std::string_view seal_head = "\nlibskin seal crc32 ";
constexpr std::size_t seal_size = seal_head.size() + 9;  // eight hexadecimal digits and a line end

std::string seal_of(const char* bytes, std::size_t n) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes, n);
    return std::string{seal_head} + text("%08x\n", static_cast<unsigned>(crc.checksum()));
}

class Descriptor {
public:
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] int close() noexcept {
        const int status = ::close(fd_);
        fd_ = -1;
        return status;
    }

private:
    int fd_;
};

[[noreturn]] void fail(const std::filesystem::path& path, const char* what) {
    const int code = errno;
    throw FileError(path.string() + ": " + what + ": " + std::strerror(code));
}

class Temporary {  // removed unless kept
public:
    explicit Temporary(std::filesystem::path path) : path_(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (!kept_) ::unlink(path_.c_str());
    }
    void keep() noexcept { kept_ = true; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
    bool kept_ = false;
};

void write_all(int fd, const char* bytes, std::size_t n, const std::filesystem::path& path) {
    while (n > 0) {
        const ssize_t written = ::write(fd, bytes, n);
        if (written < 0) {
            if (errno == EINTR) continue;
            fail(path, "cannot be written");
        }
        bytes += written;
        n -= static_cast<std::size_t>(written);
    }
}

}  // namespace

std::vector<char> read_image(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) fail(path, "cannot be read");
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) fail(path, "cannot be read");
    if (!S_ISREG(about.st_mode)) throw FileError(path.string() + ": is not a file; expected a libskin result");
    std::vector<char> bytes(static_cast<std::size_t>(about.st_size));
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t got = ::read(file.get(), bytes.data() + at, bytes.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path, "cannot be read");
        if (got == 0) break;
        at += static_cast<std::size_t>(got);
    }
    bytes.resize(at);
    const std::size_t end = bytes.size() < seal_size ? 0 : bytes.size() - seal_size;
    const std::string_view seal{bytes.data() + end, bytes.size() - end};
    if (seal.substr(0, seal_head.size()) != seal_head) {
        throw FileError(path.string() +
                        ": is not a whole libskin result: the checksum at its end is missing, so it was "
                        "cut off, changed by another program or never written by libskin");
    }
    if (seal != seal_of(bytes.data(), end)) {
        throw FileError(path.string() + ": is damaged: its bytes do not fit the checksum at its end");
    }
    bytes.resize(end);
    return bytes;
}

void write_image(const std::filesystem::path& path, std::vector<char> image) {
    const std::string seal = seal_of(image.data(), image.size());
    image.insert(image.end(), seal.begin(), seal.end());

    std::error_code no_matter;
    const auto target = std::filesystem::is_symlink(path, no_matter) ? std::filesystem::weakly_canonical(path) : path;
    if (std::filesystem::is_directory(target, no_matter)) {
        throw FileError(path.string() + ": is a folder; expected the name of a file");
    }
    if (std::filesystem::exists(target, no_matter) && !std::filesystem::is_regular_file(target, no_matter)) {
        throw FileError(path.string() + ": is not a regular file, so it is not replaced");
    }
    const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path{"."};
    static std::atomic<unsigned> counter{0};  // of names only
    Temporary aside(folder / text(".%s.%d-%u.tmp", target.filename().string().substr(0, 200).c_str(),
                                  static_cast<int>(::getpid()), counter++));
    Descriptor file(::open(aside.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0) {
        const int code = errno;
        aside.keep();  // it is not ours
        errno = code;
        fail(path, "cannot be written");
    }
    write_all(file.get(), image.data(), image.size(), path);
    if (::fsync(file.get()) != 0) fail(path, "cannot be written");
    if (file.close() != 0) fail(path, "cannot be written");
    if (::rename(aside.path().c_str(), target.c_str()) != 0) fail(path, "cannot be replaced");
    aside.keep();
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0) ::fsync(directory.get());  // some file systems refuse; the file itself is safe
}

}  // namespace skin::io
