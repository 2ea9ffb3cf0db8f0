// Full disks, read-only places, damaged files: FileError, the old file intact, nothing left behind.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "io/hdf5_file.hpp"
#include "skin/core/error.hpp"
#include "skin/core/version.hpp"
#include "skin/io/results.hpp"
#include "support/fill.hpp"
#include "support/folder.hpp"

namespace {

using skin::FileError;
using skin::test::bytes_of;
using skin::test::filled;
using skin::test::TemporaryFolder;
using skin::test::write_bytes;

skin::TreatmentResult example() {
    auto result = skin::test::filled_treatment(1);
    result.provenance.libskin_version = skin::version();
    return result;
}

/// The words of the error that saving or loading gives.
template <class Work>
std::string error_of(Work&& work) {
    try {
        work();
    } catch (const FileError& error) {
        return error.what();
    }
    return "no error";
}

std::size_t entries(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(SaveFaults, PlacesThatCannotBeWrittenAreNamed) {
    const TemporaryFolder folder;
    const auto result = filled<skin::SafetyResult>();
    write_bytes(folder / "file", "x");
    const auto save_to = [&](const std::filesystem::path& path) { return error_of([&] { skin::save(result, path); }); };
    EXPECT_NE(save_to(folder / "none/result.h5").find("No such file or directory"), std::string::npos);
    EXPECT_NE(save_to(folder / "file/result.h5").find("Not a directory"), std::string::npos);
    EXPECT_NE(save_to(folder.path()).find("is a folder"), std::string::npos);
    EXPECT_NE(save_to("/dev/full").find("is not a regular file"), std::string::npos);
    EXPECT_NE(save_to(folder / std::string(300, 'x')).find("File name too long"), std::string::npos);
    EXPECT_EQ(entries(folder.path()), 1U);
    EXPECT_EQ(bytes_of(folder / "file"), "x");
}

// Root may write anywhere, so as root the save runs with the rights of nobody.
TEST(SaveFaults, ReadOnlyFolderKeepsTheOldFile) {
    const TemporaryFolder folder;
    skin::save(example(), folder / "result.h5");
    const auto before = bytes_of(folder / "result.h5");
    const auto changed = example();
    using std::filesystem::perms;
    std::filesystem::permissions(folder.path(),
                                 perms::owner_read | perms::owner_exec | perms::others_read | perms::others_exec);
    const bool root = ::geteuid() == 0;
    constexpr ::uid_t nobody = 65534;
    if (root) {
        ASSERT_EQ(::seteuid(nobody), 0);
    }
    const auto words = error_of([&] { skin::save(changed, folder / "result.h5"); });
    if (root) {
        ASSERT_EQ(::seteuid(0), 0);
    }
    std::filesystem::permissions(folder.path(), perms::owner_all);
    EXPECT_NE(words.find("Permission denied"), std::string::npos) << words;
    EXPECT_EQ(bytes_of(folder / "result.h5"), before);
    EXPECT_EQ(entries(folder.path()), 1U);
}

// A limit on the size of files fails in write(), as a full disk does.
TEST(SaveFaults, FullDiskKeepsTheOldFileAndLeavesNothingBehind) {
    const TemporaryFolder folder;
    skin::save(example(), folder / "result.h5");
    const auto before = bytes_of(folder / "result.h5");
    auto changed = example();
    changed.protocol.title = "changed";

    rlimit old{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    for (const rlim_t limit : {0UL, 1UL, 4096UL, 65536UL}) {
        const rlimit small{limit, old.rlim_max};
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto words = error_of([&] { skin::save(changed, folder / "result.h5"); });
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
        EXPECT_NE(words.find("result.h5: cannot be written: File too large"), std::string::npos) << words;
        EXPECT_EQ(bytes_of(folder / "result.h5"), before);
        EXPECT_EQ(entries(folder.path()), 1U) << "limit " << limit;
    }
    std::signal(SIGXFSZ, handler);
    skin::save(changed, folder / "result.h5");  // and with room again it works
    EXPECT_EQ(skin::load<skin::TreatmentResult>(folder / "result.h5").protocol.title, "changed");
}

TEST(SaveFaults, ALinkStaysALink) {
    const TemporaryFolder folder;
    skin::save(filled<skin::SafetyResult>(0), folder / "real.h5");
    std::filesystem::create_symlink("real.h5", folder / "link.h5");
    skin::save(filled<skin::SafetyResult>(5), folder / "link.h5");
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.h5"));
    EXPECT_TRUE(skin::load<skin::SafetyResult>(folder / "real.h5") == filled<skin::SafetyResult>(5));
}

TEST(LoadFaults, WhatIsNotAResultIsNamed) {
    const TemporaryFolder folder;
    const auto load = [&](const std::filesystem::path& path) { return error_of([&] { (void)skin::load_any(path); }); };
    EXPECT_NE(load(folder / "none.h5").find("No such file"), std::string::npos);
    EXPECT_NE(load(folder.path()).find("is not a file"), std::string::npos);
    EXPECT_NE(load("/dev/null").find("is not a file"), std::string::npos);
    for (const std::string& content :
         {std::string{}, std::string{"a"}, std::string(5000, '\0'), std::string{"\x89HDF\r\n\x1a\n", 8},
          std::string{"schema = \"libskin.treatment/1\"\n"}}) {
        write_bytes(folder / "bad.h5", content);
        EXPECT_NE(load(folder / "bad.h5").find("is not a whole libskin result"), std::string::npos) << content;
    }
}

/// A file with these root attributes only.
std::string foreign(const std::filesystem::path& path, const std::map<std::string, std::string>& attributes) {
    {
        auto file = skin::io::Hdf5File::create(path, false);
        auto root = file.root();
        for (const auto& [name, value] : attributes) root.attribute(name, value);
        file.publish();
    }
    return error_of([&] { (void)skin::load_any(path); });
}

TEST(LoadFaults, ForeignAndNewerFilesAreRefused) {
    const TemporaryFolder folder;
    const auto words = [&](const std::map<std::string, std::string>& attributes) {
        return foreign(folder / "f.h5", attributes);
    };
    EXPECT_NE(words({}).find("is an HDF5 file, but not one of libskin"), std::string::npos);
    EXPECT_NE(words({{"schema", "somebody.else/1"}}).find("is of schema 'somebody.else/1'"), std::string::npos);
    EXPECT_NE(words({{"schema", "libskin.result/x"}}).find("is of schema 'libskin.result/x'"), std::string::npos);
    EXPECT_NE(words({{"schema", "libskin.result/2"}}).find("newer than this libskin"), std::string::npos);
    EXPECT_NE(words({{"schema", "libskin.result/1"}, {"libskin_version", "0.1.0"}, {"result", "poem"}})
                  .find("unknown result 'poem'"),
              std::string::npos);
    EXPECT_NE(
        words({{"schema", "libskin.result/1"}, {"libskin_version", "0.1.0"}, {"result", "treatment"}}).find("misses"),
        std::string::npos);
    EXPECT_NE(words({{"schema", "libskin.result/1"}, {"libskin_version", "0.1.0"}, {"result", "healing"}})
                  .find("misses the group 'healing'"),
              std::string::npos);
}

TEST(LoadFaults, ATruncatedFileIsRefusedWhereverItEnds) {
    const TemporaryFolder folder;
    skin::save(filled<skin::SafetyResult>(), folder / "whole.h5");
    const auto whole = bytes_of(folder / "whole.h5");
    for (std::size_t n = 0; n < whole.size(); n += n < 600 ? 7 : 997) {
        write_bytes(folder / "cut.h5", whole.substr(0, n));
        EXPECT_THROW((void)skin::load_any(folder / "cut.h5"), FileError) << "cut after " << n << " bytes";
    }
    write_bytes(folder / "cut.h5", whole.substr(0, whole.size() - 1));
    EXPECT_THROW((void)skin::load_any(folder / "cut.h5"), FileError);
}

TEST(LoadFaults, EveryChangedByteIsSeen) {
    const TemporaryFolder folder;
    skin::save(filled<skin::SafetyResult>(), folder / "whole.h5");
    const auto whole = bytes_of(folder / "whole.h5");
    for (std::size_t at = 0; at < whole.size(); at += 101) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        write_bytes(folder / "bad.h5", changed);
        EXPECT_THROW((void)skin::load_any(folder / "bad.h5"), FileError) << "byte " << at;
    }
}

// HDF5 1.10.8 crashes on some damaged files; what lacks the checksum must not reach it.
TEST(LoadFaults, AFileWithoutItsChecksumIsRefused) {
    const TemporaryFolder folder;
    skin::save(filled<skin::SafetyResult>(), folder / "whole.h5");
    const auto whole = bytes_of(folder / "whole.h5");
    write_bytes(folder / "edited.h5", whole.substr(0, whole.rfind("\nlibskin seal")));
    const auto words = error_of([&] { (void)skin::load_any(folder / "edited.h5"); });
    EXPECT_NE(words.find("the checksum at its end is missing"), std::string::npos) << words;
}

TEST(LoadFaults, AFailedLoadLeavesTheLibraryUsable) {
    const TemporaryFolder folder;
    for (int i = 0; i < 20; ++i) {
        write_bytes(folder / "bad.h5", "nothing");
        EXPECT_THROW((void)skin::load_any(folder / "bad.h5"), FileError);
        skin::save(filled<skin::SafetyResult>(i), folder / "good.h5");
        EXPECT_TRUE(skin::load<skin::SafetyResult>(folder / "good.h5") == filled<skin::SafetyResult>(i));
    }
}

}  // namespace
