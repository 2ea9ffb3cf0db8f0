// Result files: what goes in comes out, and nothing that can happen to a file does harm.
#include "skin/io/results.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "skin/core/error.hpp"
#include "support/fill.hpp"
#include "support/folder.hpp"

namespace {

using skin::test::filled;
using skin::test::TemporaryFolder;

// IO-V1. A loaded treatment equals the saved one to the last bit (NaN equals NaN), with and without compression.
// Equality: nothing is computed on the way.
TEST(Results, TreatmentComesBackTheSame) {
    const TemporaryFolder folder;
    const auto result = skin::test::filled_treatment();
    for (const bool compress : {false, true}) {
        skin::save(result, folder / "result.h5", {.compress = compress});
        const auto loaded = skin::load<skin::TreatmentResult>(folder / "result.h5");
        EXPECT_TRUE(loaded.skin == result.skin);
        EXPECT_TRUE(loaded.protocol == result.protocol);
        EXPECT_TRUE(loaded.settings == result.settings);
        EXPECT_TRUE(loaded.sessions == result.sessions);
        EXPECT_TRUE(loaded.healing == result.healing);
        EXPECT_TRUE(loaded.summary == result.summary);
        EXPECT_TRUE(loaded.provenance == result.provenance);
        EXPECT_TRUE(loaded.info == result.info);
        EXPECT_TRUE(loaded == result);
    }
}

TEST(Results, TreatmentWithoutAnythingComesBackTheSame) {
    const TemporaryFolder folder;
    skin::TreatmentResult result;
    result.provenance.libskin_version = "0.1.0";
    skin::save(result, folder / "result.h5");
    EXPECT_TRUE(skin::load<skin::TreatmentResult>(folder / "result.h5") == result);
}

template <class Result>
class EachResult : public testing::Test {};
using Results = testing::Types<skin::InsertionResult, skin::TearingResult, skin::BleedingResult, skin::RecoveryResult,
                               skin::DeliveryResult, skin::SafetyResult, skin::HealingResult>;
TYPED_TEST_SUITE(EachResult, Results);

TYPED_TEST(EachResult, ComesBackTheSame) {
    const TemporaryFolder folder;
    for (int start = 0; start < 30; ++start) {  // each start leaves other members empty or not set
        const auto result = filled<TypeParam>(start);
        skin::save(result, folder / "one.h5");
        ASSERT_TRUE(skin::load<TypeParam>(folder / "one.h5") == result) << "start " << start;
    }
}

TEST(Results, SavingTwiceGivesTheSameBytes) {
    const TemporaryFolder folder;
    const auto result = skin::test::filled_treatment(1);
    skin::save(result, folder / "a.h5");
    skin::save(result, folder / "b.h5");
    EXPECT_TRUE(skin::test::bytes_of(folder / "a.h5") == skin::test::bytes_of(folder / "b.h5"));
}

TEST(Results, AnotherKindIsNamed) {
    const TemporaryFolder folder;
    skin::save(filled<skin::SafetyResult>(), folder / "one.h5");
    EXPECT_EQ(skin::kind_of(skin::load_any(folder / "one.h5")), "safety");
    try {
        (void)skin::load<skin::TreatmentResult>(folder / "one.h5");
        FAIL();
    } catch (const skin::FileError& error) {
        EXPECT_EQ(error.what(), (folder / "one.h5").string() + ": holds the result of 'safety'; expected 'treatment'");
    }
}

TEST(Results, ANullCharacterIsRefusedAndNotCutOff) {
    const TemporaryFolder folder;
    auto result = filled<skin::SafetyResult>();
    result.solute = {std::string("a\0b", 3)};
    EXPECT_THROW(skin::save(result, folder / "one.h5"), skin::FileError);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
