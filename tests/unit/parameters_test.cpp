// Parameter and treatment files that are right: what is shipped, and a user's own beside it.
#include "skin/io/parameters.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "io/parameter_file.hpp"
#include "io/references.hpp"
#include "skin/core/error.hpp"
#include "support/sample_files.hpp"

namespace {

using namespace skin::test;
using skin::io::Shelf;

template <class Call>
std::string message_of(Call&& call) {
    try {
        call();
    } catch (const skin::Error& error) {
        return error.what();
    }
    return "no error";
}

// ---- what is shipped

TEST(ShippedFiles, EachOneLoads) {
    for (const Shelf shelf : {Shelf::skins, Shelf::devices, Shelf::actives, Shelf::vehicles, Shelf::topicals,
                              Shelf::tissue, Shelf::uses, Shelf::treatments, Shelf::designs}) {
        const auto ids = skin::io::ids_on(shelf);
        EXPECT_FALSE(ids.empty()) << skin::io::shelf_folder(shelf);
        for (const auto& id : ids) {
            EXPECT_EQ(message_of([&] { skin::check_file(skin::io::find_on(shelf, id)); }), "no error") << id;
        }
    }
}

TEST(ShippedFiles, IdsAreUniqueOverTheShelves) {
    // Results store the text of every set that they used by its id alone.
    std::map<std::string, std::string> seen;
    for (const Shelf shelf : {Shelf::skins, Shelf::devices, Shelf::actives, Shelf::vehicles, Shelf::topicals,
                              Shelf::tissue, Shelf::uses, Shelf::treatments, Shelf::designs}) {
        for (const auto& id : skin::io::ids_on(shelf)) {
            const auto [at, is_new] = seen.emplace(id, skin::io::shelf_folder(shelf));
            EXPECT_TRUE(is_new) << id << " is in " << at->second << " and in " << skin::io::shelf_folder(shelf);
            EXPECT_EQ(skin::parameter_text(id), skin::io::read_text(skin::io::find_on(shelf, id)));
        }
    }
    EXPECT_THROW(static_cast<void>(skin::parameter_text("no_such_set")), skin::ParameterError);
}

TEST(ShippedFiles, EverySourceIsInTheBibliography) {
    const auto references = skin::io::shipped_references();
    EXPECT_GE(references.size(), 50u);
    std::set<std::string> keys;
    const auto add = [&](const skin::Origins& origins) {
        for (const auto& [name, origin] : origins) keys.insert(origin.source.substr(0, origin.source.find(',')));
    };
    for (const auto& id : skin::Skin::presets()) add(skin::Skin::preset(id).origins);
    for (const auto& id : skin::devices()) std::visit([&](const auto& d) { add(d.origins); }, skin::device(id));
    for (const auto& id : skin::topicals()) add(skin::topical(id).origins);
    for (const auto& id : skin::actives()) add(skin::active(id).origins);
    for (const auto& id : skin::vehicles()) add(skin::vehicle(id).origins);
    keys.erase("");  // zeros that a file leaves out
    for (const auto& key : keys) EXPECT_TRUE(references.contains(key)) << key;
    for (const auto& [key, entry] : references) EXPECT_GT(skin::io::one_line(entry).size(), 5u) << key;
}

TEST(ShippedFiles, EveryNumberOfEverySkinHasAnOrigin) {
    for (const auto& id : skin::Skin::presets()) {
        const auto face = skin::Skin::preset(id);
        EXPECT_EQ(face.id, id);
        ASSERT_EQ(face.layers.size(), skin::layer_names.size()) << id;
        for (const auto& layer : face.layers) {
            skin::for_each_field<skin::Layer>([&](const auto& field) {
                if (field.name == "name") return;
                EXPECT_TRUE(face.origins.contains(layer.name + "." + std::string{field.name}))
                    << id << " " << layer.name << "." << field.name;
            });
        }
        for (const auto& [name, origin] : face.origins) EXPECT_FALSE(origin.source.empty()) << id << " " << name;
    }
}

TEST(ShippedFiles, UnknownIdsNameTheNearestOrAll) {
    EXPECT_EQ(message_of([] { static_cast<void>(skin::Skin::preset("face_chek")); }),
              "no skin 'face_chek'; did you mean 'face_cheek'?");
    EXPECT_EQ(message_of([] { static_cast<void>(skin::device("medical_pen_15")); }),
              "no device 'medical_pen_15'; did you mean 'medical_pen_1.5'?");
    EXPECT_EQ(message_of([] { static_cast<void>(skin::active("niacinamid")); }),
              "no active 'niacinamid'; did you mean 'niacinamide'?");
    EXPECT_EQ(message_of([] { static_cast<void>(skin::vehicle("crem")); }), "no vehicle 'crem'; did you mean 'cream'?");
    EXPECT_EQ(message_of([] { static_cast<void>(skin::load_treatment("medical_pn")); }),
              "no treatment 'medical_pn'; did you mean 'medical_pen'?");
    EXPECT_TRUE(message_of([] {
                    static_cast<void>(skin::Skin::preset("zzzzzzzz"));
                }).starts_with("no skin 'zzzzzzzz'; known are: abdomen, "));
    EXPECT_TRUE(
        message_of([] { static_cast<void>(skin::device("../skins/back")); }).starts_with("no device '../skins/back'"));
    EXPECT_THROW(static_cast<void>(skin::topical("")), skin::ParameterError);
}

TEST(ShippedFiles, PersonsAreChecked) {
    EXPECT_EQ(message_of([] { static_cast<void>(skin::Skin::preset("face_cheek", {.age_years = -1.0})); }),
              "person.age_years = -1 is outside [0, 120]");
    EXPECT_THROW(static_cast<void>(skin::Skin::preset("face_cheek", {.hydration = std::nan("")})),
                 skin::ParameterError);
}

// ---- a user's own files

class OwnFiles : public testing::Test {
protected:
    void SetUp() override { folder.write_good_files(); }
    Folder folder;
};

TEST_F(OwnFiles, ASkinWorksLikeOurs) {
    const auto mine = skin::Skin::load(folder / "my_skin.toml");
    EXPECT_EQ(mine.id, "my_skin");
    EXPECT_EQ(mine.title, "A skin of my own");
    ASSERT_EQ(mine.layers.size(), 5u);
    EXPECT_EQ(mine.layer("stratum_corneum").thickness, 15e-6);  // a decimal unit moves the point: the same double
    EXPECT_EQ(mine.layer("papillary_dermis").toughness, 2000.0);
    EXPECT_EQ(mine.mechanics.effective_modulus, 2e5);
    // Given in the file: its origin. In SI, spread too.
    const auto& own = mine.origins.at("stratum_corneum.thickness");
    EXPECT_EQ(own.set, "my_skin");
    EXPECT_EQ(own.kind, skin::Kind::measured);
    EXPECT_EQ(own.source, "me2026, table 1");
    EXPECT_EQ(own.lo, 10e-6);
    EXPECT_EQ(own.hi, 20e-6);
    EXPECT_EQ(own.sd, 3e-6);
    EXPECT_EQ(own.n, 12);
    EXPECT_EQ(mine.origins.at("papillary_dermis.toughness").fitted_to, "experiments/kalluri2011");
    EXPECT_TRUE(mine.origins.at("hypodermis.thickness").uncertain);
    EXPECT_EQ(mine.origins.at("mechanics.effective_modulus").set, "my_skin");
    // Not given: the default sets, with theirs.
    EXPECT_EQ(mine.mechanics.friction_cap, skin::Mechanics{}.friction_cap);
    EXPECT_EQ(mine.origins.at("mechanics.friction_cap").set, "mechanics");
    EXPECT_EQ(mine.origins.at("hypodermis.density").set, "layers");
    // A bed is changed by its name; the others stay.
    const auto ours = skin::Skin::preset("face_cheek");
    ASSERT_EQ(mine.vasculature.bed.size(), ours.vasculature.bed.size());
    for (std::size_t i = 0; i < ours.vasculature.bed.size(); ++i) {
        const bool is_changed = ours.vasculature.bed[i].name == "deep_plexus";
        EXPECT_EQ(mine.vasculature.bed[i].flow, is_changed ? 90e-12 : ours.vasculature.bed[i].flow);
        EXPECT_EQ(mine.vasculature.bed[i].length_density, ours.vasculature.bed[i].length_density);
    }
    EXPECT_EQ(mine.origins.at("vasculature.deep_plexus.flow").set, "my_skin");
}

TEST_F(OwnFiles, ASkinMayHaveFewerLayersAndNewOnes) {
    const std::string slab = R"(schema = "libskin.parameters/1"
type = "skin"
id = "slab"
title = "One layer of gel"
vasculature = { bed = [] }
[[layer]]
name = "gel"
)";
    std::string all = slab;
    skin::for_each_field<skin::Layer>([&](const auto& field) {
        if (field.name == "name") return;
        all += std::string{field.name} + " = { value = " + (field.name == "ogden_exponent" ? "9" : "0.3") +
               ", unit = \"" +
               (field.name == "density" ? "g/cm^3"
                : field.unit == "Pa"    ? "MPa"
                : field.unit == "m"     ? "cm"
                                        : std::string{field.unit}) +
               "\", kind = \"assumed\", source = \"me\" }\n";
    });
    const std::string said = message_of([&] { static_cast<void>(skin::Skin::load(folder.write("slab.toml", all))); });
    // The vessels of the default set lie in layers that a slab does not have.
    EXPECT_TRUE(said.find("is not a layer of this skin") != std::string::npos) << said;
}

TEST_F(OwnFiles, TheSexAndAgeOfAPersonChangeIt) {
    const auto young = skin::Skin::load(folder / "my_skin.toml");
    const auto old = skin::Skin::load(folder / "my_skin.toml", {.age_years = 70});
    EXPECT_LT(old.layer("reticular_dermis").thickness, young.layer("reticular_dermis").thickness);
    EXPECT_EQ(old.person.age_years, 70.0);
}

TEST_F(OwnFiles, DevicesComeBackAsWhatTheyAre) {
    const auto pen = std::get<skin::Pen>(skin::load_device(folder / "my_pen.toml"));
    EXPECT_EQ(pen.id, "my_pen");
    EXPECT_EQ(pen.count, 9);
    EXPECT_EQ(pen.frequency, 100.0);  // 6000 rpm
    EXPECT_EQ(pen.needle.length, 1.5e-3);
    EXPECT_EQ(pen.origins.at("needle.length").source, "me2026");
    EXPECT_EQ(pen.stroke, 0.0);
    EXPECT_EQ(pen.origins.at("stroke").note, "not in the file: zero");
    EXPECT_EQ(std::get<skin::Roller>(skin::load_device(folder / "my_roller.toml")).rings, 8);
    EXPECT_EQ(std::get<skin::Stamp>(skin::load_device(folder / "my_stamp.toml")).pitch, 2e-3);
}

TEST_F(OwnFiles, TheIdOfAShippedSetIsTaken) {
    // Results keep the text of a set by its id: an edited copy under the same id would store the wrong text.
    const std::string ours = skin::parameter_text("medical_pen_1.5");
    const auto copy = folder.write("medical_pen_1.5.toml", ours);
    EXPECT_EQ(skin::load_device(copy), skin::device("medical_pen_1.5"));
    folder.write("medical_pen_1.5.toml", changed(ours, "value = 12", "value = 11"));
    EXPECT_EQ(message_of([&] { static_cast<void>(skin::load_device(copy)); }),
              copy.string() +
                  ":3: id 'medical_pen_1.5' belongs to a shipped set that says something else; give your "
                  "file another name and id");
}

TEST_F(OwnFiles, ProductsKnowTheirParts) {
    const auto serum = skin::load_topical(folder / "my_topical.toml");
    EXPECT_EQ(serum.active.id, "my_active");
    EXPECT_EQ(serum.vehicle.id, "my_vehicle");
    EXPECT_EQ(serum.concentration, 150.0);
    EXPECT_EQ(serum.active.compound_type, skin::CompoundType::acid);
    EXPECT_EQ(serum.active.pka_acid, 4.2);
    EXPECT_FALSE(serum.active.pka_base.has_value());
    EXPECT_TRUE(serum.active.sensitiser);
    EXPECT_TRUE(serum.vehicle.occlusive);
    EXPECT_EQ(serum.irritancy_class_before, 0);
    EXPECT_EQ(serum.irritancy_class_after, 2);
    EXPECT_EQ(serum.origins.at("active.log_partition").set, "my_active");
    EXPECT_EQ(serum.origins.at("vehicle.ph").set, "my_vehicle");
    EXPECT_EQ(serum.origins.at("concentration").set, "my_topical");
}

TEST_F(OwnFiles, ATreatmentRefersToFilesBesideIt) {
    const auto mine = skin::load_treatment(folder / "my_treatment.toml");
    EXPECT_EQ(mine.skin.id, "my_skin");
    EXPECT_EQ(mine.skin.person.age_years, 45.0);
    EXPECT_EQ(mine.skin.person.sex, skin::Sex::female);
    const auto& p = mine.protocol;
    EXPECT_EQ(p.id, "my_treatment");
    EXPECT_EQ(p.title, "A treatment of my own");
    EXPECT_EQ(p.sessions, 2);
    EXPECT_EQ(p.interval, 28 * 86400.0);
    EXPECT_EQ(p.area, 100e-4);
    EXPECT_EQ(p.horizon, 84 * 86400.0);
    EXPECT_EQ(p.delivery_duration, skin::Protocol{}.delivery_duration);
    const auto& pen = std::get<skin::Pen>(p.device);
    EXPECT_EQ(pen.protrusion, 1.2e-3);
    EXPECT_EQ(pen.head_diameter, 5e-3);
    EXPECT_EQ(pen.origins.at("protrusion").kind, skin::Kind::user);
    EXPECT_EQ(pen.origins.at("protrusion").set, "my_treatment");
    EXPECT_EQ(pen.origins.at("head_diameter").set, "my_pen");
    const auto& use = std::get<skin::Gliding>(p.use);
    EXPECT_EQ(use.speed, 0.01);
    EXPECT_EQ(use.passes, 2);
    EXPECT_EQ(use.hole_fraction, skin::Gliding{}.hole_fraction);
    ASSERT_EQ(p.applications.size(), 1u);
    EXPECT_EQ(p.applications[0].name, "serum");
    EXPECT_EQ(p.applications[0].topical.id, "my_topical");
    EXPECT_EQ(p.applications[0].when, skin::When::before);
    EXPECT_EQ(p.applications[0].dose, 0.1);
    EXPECT_TRUE(p.applications[0].occluded);
    EXPECT_FALSE(p.applications[0].wiped_after.has_value());
    EXPECT_EQ(p.source_text, good_treatment);
}

// A mark that some editors put in front, line ends of another system, quoted keys, and letters of any language in
// texts.
TEST_F(OwnFiles, EditorsMayDiffer) {
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : changed(changed(good_pen, "A pen of my own", "Mein Stift \xC3\xBC\xE2\x82\xAC # \\\" quoted"),
                                "count =", "\"count\" =")) {
        if (c == '\n') windows += '\r';
        windows += c;
    }
    EXPECT_EQ(std::get<skin::Pen>(skin::load_device(folder.write("my_pen.toml", windows))).count, 9);
}

TEST_F(OwnFiles, ReadTwiceIsTheSame) {
    EXPECT_EQ(skin::load_treatment(folder / "my_treatment.toml"), skin::load_treatment(folder / "my_treatment.toml"));
}

// ---- overrides

TEST_F(OwnFiles, OverridesChangeWhatTheyName) {
    const auto changed_case = skin::load_treatment(
        folder / "my_treatment.toml",
        {"skin.age_years=60", "session.device.protrusion=1 mm", "session.device.needle.length = 1.3 mm",
         "use.force=2 N", "session.count=3", "application.serum.dose=5 mg/cm^2", "application.serum.wiped_after=10 min",
         "application.serum.when=after", "output.delivery_duration=2 h", "session.covered=true", "title='Changed'",
         "skin.preset=back"});
    EXPECT_EQ(changed_case.skin.id, "back");  // in the place of the file
    EXPECT_EQ(changed_case.skin.person.age_years, 60.0);
    const auto& p = changed_case.protocol;
    EXPECT_EQ(std::get<skin::Pen>(p.device).protrusion, 1e-3);
    EXPECT_EQ(std::get<skin::Pen>(p.device).needle.length, 1.3e-3);
    EXPECT_EQ(std::get<skin::Gliding>(p.use).force, 2.0);
    EXPECT_EQ(p.sessions, 3);
    EXPECT_EQ(p.applications[0].dose, 0.05);
    EXPECT_EQ(p.applications[0].wiped_after, 600.0);
    EXPECT_EQ(p.applications[0].when, skin::When::after);
    EXPECT_EQ(p.delivery_duration, 7200.0);
    EXPECT_TRUE(p.covered);
    EXPECT_EQ(p.title, "Changed");
    EXPECT_TRUE(p.source_text.starts_with(good_treatment));
    EXPECT_TRUE(p.source_text.find("# changed for this run: skin.age_years=60\n") != std::string::npos);
}

TEST_F(OwnFiles, OverridesReachEveryValueOfTheSkin) {
    const auto base = skin::load_treatment(folder / "my_treatment.toml");
    const auto other =
        skin::load_treatment(folder / "my_treatment.toml",
                             {"skin.papillary_dermis.thickness=200 um", "skin.mechanics.effective_modulus=1 MPa",
                              "skin.vasculature.deep_plexus.flow=50 nL/s", "skin.vasculature.cut_share=0.4"});
    EXPECT_EQ(other.skin.layer("papillary_dermis").thickness, 200e-6);  // as written, not thinned by age once more
    EXPECT_EQ(other.skin.layer("reticular_dermis"), base.skin.layer("reticular_dermis"));
    EXPECT_EQ(other.skin.mechanics.effective_modulus, 1e6);
    EXPECT_EQ(other.skin.vasculature.cut_share, 0.4);
    EXPECT_EQ(other.skin.vasculature.bed.back().flow, 50e-12);
    for (const char* name :
         {"papillary_dermis.thickness", "mechanics.effective_modulus", "vasculature.deep_plexus.flow"}) {
        EXPECT_EQ(other.skin.origins.at(name).kind, skin::Kind::user) << name;
    }
    const auto said = [&](const char* change) {
        return message_of([&] { static_cast<void>(skin::load_treatment(folder / "my_treatment.toml", {change})); });
    };
    EXPECT_EQ(said("skin.mechanics.efective_modulus=1 MPa"),
              "'skin.mechanics.efective_modulus=1 MPa': unknown key 'efective_modulus' in skin.mechanics; did you mean "
              "'effective_modulus'?");
    EXPECT_EQ(said("skin.papilary_dermis.thickness=1 mm"),
              "'skin.papilary_dermis.thickness=1 mm': unknown key 'papilary_dermis' in skin; did you mean "
              "'papillary_dermis'?");
    EXPECT_EQ(said("skin.papillary_dermis.thickness=1 m"),
              "'skin.papillary_dermis.thickness=1 m': skin.papillary_dermis.thickness = 1 m is outside [1 um, 200 mm]");
    EXPECT_EQ(said("skin.mechanics=3"), "'skin.mechanics=3': skin.mechanics must be a table, not an integer");
}

TEST_F(OwnFiles, BadOverridesAreSentences) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"skin.age_years", "'skin.age_years': an override is written key=value, as in 'skin.age_years=60'"},
        {"skin.age_years=", "'skin.age_years=': there is no value after '='"},
        {"=3", "'=3': the key before '=' has an empty part"},
        {"skin..age=3", "'skin..age=3': the key before '=' has an empty part"},
        {"a.b.c.d.e.f.g.h.i=3", "'a.b.c.d.e.f.g.h.i=3': the key before '=' has more than 8 parts"},
        {"skin.age=60", "'skin.age=60': unknown key 'age' in skin"},
        {"skin.age_year=60", "'skin.age_year=60': unknown key 'age_year' in skin; did you mean 'age_years'?"},
        {"skin.age_years=600", "'skin.age_years=600': skin.age_years = 600 is outside [0, 120]"},
        {"skin.age_years=old",
         "'skin.age_years=old': skin.age_years: 'old' does not start with a finite number; expected a number and a "
         "unit like '1'"},
        {"skin.age_years=nan", "'skin.age_years=nan': skin.age_years = nan is not a finite number"},
        {"session.device.protrussion=1 mm",
         "'session.device.protrussion=1 mm': unknown key 'protrussion' in session.device; did you mean 'protrusion'?"},
        {"session.device.protrusion=1",
         "'session.device.protrusion=1': session.device.protrusion = 1 has no unit; write a text such as \"1 m\""},
        {"session.device.protrusion=1 kg",
         "'session.device.protrusion=1 kg': session.device.protrusion: '1 kg' is a mass [kg]; expected a length [m]"},
        {"device.drum_radius=1 cm", "'device.drum_radius=1 cm': unknown key 'drum_radius' in session.device"},
        {"sesion.count=3", "'sesion.count=3': unknown key 'sesion'; did you mean 'session'?"},
        {"session.count.x=3", "'session.count.x=3': session.count is an integer, not a table"},
        {"application.serun.dose=1 mg/cm^2",
         "'application.serun.dose=1 mg/cm^2': no application 'serun'; did you mean 'serum'?"},
        {"application.serum=3",
         "'application.serum=3': the key before '=' names a whole application; add one of its keys"},
        {"application.serum.doze=3",
         "'application.serum.doze=3': unknown key 'doze' in application.serum; did you mean 'dose'?"},
        {"application=3", "'application=3': application must be an array of tables [[application]], not an integer"},
        {"session.covered=yes", "'session.covered=yes': session.covered must be true or false, not a string"},
        {"skin.preset=bak", "'skin.preset=bak': skin.preset: no skin 'bak'; did you mean 'back'?"},
    };
    for (const auto& [override_text, sentence] : table) {
        std::string said =
            message_of([&] { static_cast<void>(skin::load_treatment(folder / "my_treatment.toml", {override_text})); });
        const std::string prefix = folder.path().string() + "/";
        if (said.starts_with(prefix)) said.erase(0, prefix.size());
        EXPECT_EQ(said, sentence);
        EXPECT_THROW(static_cast<void>(skin::load_treatment(folder / "my_treatment.toml", {override_text})),
                     skin::Error);
    }
    EXPECT_THROW(static_cast<void>(skin::load_treatment("medical_pen", {"skin.age=60"})), skin::ParameterError);
}

// ---- explain

TEST_F(OwnFiles, ExplainSaysWhereAValueComesFrom) {
    const auto mine = skin::Skin::load(folder / "my_skin.toml");
    const auto e = skin::explain(mine, "skin.stratum_corneum.thickness");
    EXPECT_EQ(e.name, "skin.stratum_corneum.thickness");
    EXPECT_EQ(e.value, 15e-6);
    EXPECT_EQ(e.unit, "m");
    EXPECT_EQ(e.meaning, "thickness at rest");
    EXPECT_EQ(e.origin, mine.origins.at("stratum_corneum.thickness"));
    EXPECT_EQ(e.read_by,
              (std::vector<std::string>{"insertion", "tearing", "bleeding", "transport", "healing", "safety"}));
    EXPECT_EQ(e.reference, "");  // a source of the user's own
    EXPECT_EQ(skin::explain(mine, "stratum_corneum.thickness"), e);
    EXPECT_EQ(skin::to_text(e),
              "skin.stratum_corneum.thickness = 15 um (1.5e-05 m)\n"
              "  meaning   thickness at rest\n"
              "  kind      measured\n"
              "  source    me2026, table 1\n"
              "  set       my_skin\n"
              "  range     10 um to 20 um\n"
              "  spread    3 um standard deviation, n = 12\n"
              "  read by   insertion, tearing, bleeding, transport, healing, safety\n");
    const auto shipped = skin::explain(mine, "mechanics.friction_cap");
    EXPECT_EQ(shipped.reference, skin::reference(shipped.origin.source));
    EXPECT_FALSE(shipped.reference.empty());
    EXPECT_EQ(
        message_of([&] { static_cast<void>(skin::explain(mine, "skin.papillary_dermis.thicknes")); }),
        "no value 'skin.papillary_dermis.thicknes' in this skin; did you mean 'skin.papillary_dermis.thickness'?");
}

TEST_F(OwnFiles, ExplainKnowsWhatWasChangedInCode) {
    skin::Skin mine;  // built in code: no origins at all
    mine.layers = {skin::Layer{.name = "papillary_dermis", .thickness = 1e-4}};
    mine.mechanics.friction_coefficient = 0.123;
    EXPECT_EQ(skin::explain(mine, "skin.mechanics.friction_coefficient").origin.kind, skin::Kind::user);
    EXPECT_EQ(skin::explain(mine, "skin.papillary_dermis.thickness").origin.kind, skin::Kind::user);
    // Left at the default: the default set's origin.
    EXPECT_EQ(skin::explain(mine, "skin.mechanics.friction_cap").origin.set, "mechanics");
    EXPECT_NE(skin::explain(mine, "skin.mechanics.friction_cap").origin.kind, skin::Kind::user);
    EXPECT_EQ(skin::explain(mine, "skin.age_years").value, 30.0);
    EXPECT_EQ(skin::explain(mine, "skin.sex").meaning, "unspecified keeps the mean of the set: unspecified");
}

TEST_F(OwnFiles, ExplainReachesDevicesProductsAndUses) {
    const auto pen = skin::load_device(folder / "my_pen.toml");
    EXPECT_EQ(skin::explain(pen, "device.needle.length").value, 1.5e-3);
    EXPECT_EQ(skin::explain(pen, "needle.length").origin.set, "my_pen");
    EXPECT_EQ(message_of([&] { static_cast<void>(skin::explain(pen, "device.protrussion")); }),
              "no value 'device.protrussion' in this device; did you mean 'device.protrusion'?");
    const auto serum = skin::load_topical(folder / "my_topical.toml");
    EXPECT_EQ(skin::explain(serum, "topical.active.log_partition").value, -1.85);
    EXPECT_TRUE(std::isnan(skin::explain(serum, "active.pka_base").value));
    EXPECT_EQ(skin::explain(serum, "active.solute_class").meaning, "which laws hold: small");
    EXPECT_NE(skin::explain(skin::Use{skin::Rolling{}}, "use.force_variation").origin.kind, skin::Kind::user);
    EXPECT_EQ(skin::explain(skin::Use{skin::Rolling{.force_variation = 0.11}}, "use.force_variation").origin.kind,
              skin::Kind::user);
}

// ---- the small parts

// Vectors of FIPS 180-4 (NIST's SHA-256 examples), and the lengths at which the padding takes a second block.
TEST(Sha256, KnownAnswers) {
    EXPECT_EQ(skin::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(skin::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(skin::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(skin::sha256(std::string(1000000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    EXPECT_EQ(skin::sha256(std::string(55, 'a')), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    EXPECT_EQ(skin::sha256(std::string(56, 'a')), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    EXPECT_EQ(skin::sha256(std::string(64, 'a')), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST(References, AreReadFromBibtex) {
    const auto all = skin::io::parse_references(R"(% a comment
@article{a2004,
  author = {Shergold, O. and Fleck, N.},
  title = "Mechanisms of deep {Penetration}",
  journal = {Proc.  R. Soc.
             A},
  volume = 460, pages = {3037}, year = 2004,
  doi = {10.1098/x},
}
@misc{b, note = {only a note}})",
                                                "x.bib");
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(
        skin::io::one_line(all.at("a2004")),
        "Shergold, O., Fleck, N. (2004). Mechanisms of deep {Penetration}. Proc. R. Soc. A 460:3037. doi:10.1098/x");
    EXPECT_EQ(skin::io::one_line(all.at("b")), "[only a note]");
    const auto said = [](const char* text) {
        return message_of([&] { static_cast<void>(skin::io::parse_references(text, "x.bib")); });
    };
    EXPECT_EQ(said("@article{a,\n title = {x\n"), "x.bib:3: a '{' is never closed");
    EXPECT_EQ(said("@article{a, title {x}}"), "x.bib:1: expected '=' after 'title' in 'a'");
    EXPECT_EQ(said("@article{a}\n@book{a}"), "x.bib:2: duplicate key 'a'");
    EXPECT_EQ(said("@article a}"), "x.bib:1: expected '{' after '@article'");
    EXPECT_EQ(said("no entry at all"), "no error");
}

TEST(References, UnknownKeysNameTheNearest) {
    EXPECT_FALSE(skin::reference("meng2022, table 2").empty());
    EXPECT_EQ(message_of([] { static_cast<void>(skin::reference("meng2002")); }),
              "no reference 'meng2002' in references.bib; did you mean 'meng2022'?");
}

class DataFolder : public testing::Test {
protected:
    void TearDown() override {
        skin::set_data_folder("");
        ::unsetenv("SKIN_DATA");
    }
};

TEST_F(DataFolder, ExplicitChoiceThenEnvironmentThenSearch) {
    const auto found = skin::data_folder();
    EXPECT_TRUE(std::filesystem::is_directory(found / "skins"));
    const Folder mine;
    std::filesystem::create_directory(mine / "skins");
    std::filesystem::create_directory(mine / "tissue");
    ::setenv("SKIN_DATA", mine.path().c_str(), 1);
    EXPECT_EQ(skin::data_folder(), mine.path());
    EXPECT_TRUE(skin::Skin::presets().empty());
    skin::set_data_folder(found);
    EXPECT_EQ(skin::data_folder(), found);
    skin::set_data_folder("");
    ::unsetenv("SKIN_DATA");
    EXPECT_EQ(skin::data_folder(), found);
}

TEST_F(DataFolder, AWrongChoiceIsAnErrorNotASearch) {
    const Folder empty;
    ::setenv("SKIN_DATA", empty.path().c_str(), 1);
    EXPECT_EQ(message_of([] { static_cast<void>(skin::data_folder()); }),
              "the environment variable SKIN_DATA names '" + empty.path().string() +
                  "', which is not a data folder of libskin: it lacks the folders skins and tissue");
    EXPECT_THROW(static_cast<void>(skin::Skin::preset("face_cheek")), skin::FileError);
    skin::set_data_folder(empty / "nowhere");
    EXPECT_THROW(static_cast<void>(skin::Skin::presets()), skin::FileError);
}

TEST_F(DataFolder, MissingPartsAreNamed) {
    const Folder mine;
    std::filesystem::create_directory(mine / "skins");
    std::filesystem::create_directory(mine / "tissue");
    mine.write("skins/my_skin.toml", good_skin);
    skin::set_data_folder(mine.path());
    EXPECT_EQ(message_of([] { static_cast<void>(skin::Skin::preset("my_skin")); }),
              "no tissue set 'layers'; none are shipped in " + (mine / "tissue").string());
}

TEST_F(DataFolder, ADefaultSetMustBeComplete) {
    const auto found = skin::data_folder();
    const Folder mine;
    std::filesystem::copy(found / "tissue", mine / "tissue", std::filesystem::copy_options::recursive);
    std::filesystem::create_directory(mine / "skins");
    mine.write("skins/my_skin.toml", good_skin);
    mine.write("tissue/mechanics.toml", without(skin::io::read_text(found / "tissue/mechanics.toml"), "friction_cap"));
    skin::set_data_folder(mine.path());
    EXPECT_EQ(message_of([] { static_cast<void>(skin::Skin::preset("my_skin")); }),
              (mine / "tissue/mechanics.toml").string() + ": missing key 'friction_cap'");
}

// ---- damage

// Whatever happens to a file, it loads or it is an Error: no other exception, no crash. Each shipped file is cut at 12
// places and gets 40 single bytes changed; the places come from a fixed generator, so a failure can be repeated.
TEST(DamagedFiles, NeverCrashTheReader) {
    const Folder folder;
    folder.write_good_files();
    unsigned long state = 2026;
    const auto random = [&](std::size_t below) {
        state = state * 6364136223846793005UL + 1442695040888963407UL;
        return static_cast<std::size_t>((state >> 33) % below);
    };
    const auto read = [&](const std::string& name, const std::string& content) {
        try {
            static_cast<void>(skin::io::parse_document(folder / name, content));
        } catch (const skin::Error&) {
        }
    };
    for (const Shelf shelf : {Shelf::skins, Shelf::devices, Shelf::actives, Shelf::vehicles, Shelf::topicals,
                              Shelf::tissue, Shelf::uses, Shelf::treatments, Shelf::designs}) {
        for (const auto& id : skin::io::ids_on(shelf)) {
            const std::string text = skin::io::read_text(skin::io::find_on(shelf, id));
            for (int i = 0; i < 12; ++i) read(id + ".toml", text.substr(0, random(text.size())));
            for (int i = 0; i < 40; ++i) {
                std::string damaged = text;
                damaged[random(damaged.size())] = static_cast<char>(random(256));
                read(id + ".toml", damaged);
            }
        }
    }
}

// The same through the whole reader, for one file of each schema: fewer, because each reads the default sets too.
TEST(DamagedFiles, NeverCrashTheLoader) {
    const Folder folder;
    folder.write_good_files();
    unsigned long state = 7;
    const auto random = [&](std::size_t below) {
        state = state * 6364136223846793005UL + 1442695040888963407UL;
        return static_cast<std::size_t>((state >> 33) % below);
    };
    int accepted = 0, refused = 0;
    for (const char* kind : {"pen", "roller", "stamp", "active", "vehicle", "topical", "use", "skin", "treatment"}) {
        const std::string name = std::string{"my_"} + kind + ".toml";
        const std::string text = skin::io::read_text(folder / name);
        const int rounds = name == "my_skin.toml" || name == "my_treatment.toml" ? 60 : 300;
        for (int i = 0; i < rounds; ++i) {
            std::string damaged = text;
            damaged[random(damaged.size())] = static_cast<char>(" .-019aeZ\"[]{}=,\n\xff"[random(19)]);
            folder.write(name, damaged);
            try {
                skin::check_file(folder / name);
                ++accepted;
            } catch (const skin::Error&) {
                ++refused;
            }
        }
        folder.write(name, text);
    }
    EXPECT_GT(refused, accepted);  // most damage shows; what does not hit a title, a note or a last digit
}

}  // namespace
