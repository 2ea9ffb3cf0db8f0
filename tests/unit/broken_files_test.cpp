// Broken files of every schema and the sentence that each must give, word for word. The files are the good ones of
// support/sample_files.hpp with one thing changed; `libskin check` reads them, as every loader does.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "skin/core/error.hpp"
#include "skin/io/parameters.hpp"
#include "support/sample_files.hpp"

namespace {

using namespace skin::test;

struct Broken {
    const char* file;
    std::string content;
    std::string sentence;  ///< after the folder; one that ends in "..." is the start of a longer one
};

const std::string thickness =
    R"(thickness = { value = 15, unit = "um", kind = "measured", source = "me2026, table 1", lo = 10, hi = 20, sd = 3, n = 12 })";

std::string skin_with(const std::string& from, const std::string& to) { return changed(good_skin, from, to); }
std::string thickness_with(const std::string& from, const std::string& to) {
    return skin_with(thickness, changed(thickness, from, to));
}
std::string pen_with(const std::string& from, const std::string& to) { return changed(good_pen, from, to); }
std::string active_with(const std::string& from, const std::string& to) { return changed(good_active, from, to); }
std::string vehicle_with(const std::string& from, const std::string& to) { return changed(good_vehicle, from, to); }
std::string topical_with(const std::string& from, const std::string& to) { return changed(good_topical, from, to); }
std::string use_with(const std::string& from, const std::string& to) { return changed(good_use, from, to); }
std::string treatment_with(const std::string& from, const std::string& to) { return changed(good_treatment, from, to); }

// A row a line, whatever its length.
// clang-format off
std::vector<Broken> broken_syntax() {
    return {
        {"my_skin.toml", "", "my_skin.toml: the file is empty"},
        {"my_skin.toml", " \n\t\n", "my_skin.toml: the file is empty"},
        {"my_skin.toml", std::string("\x7f" "ELF\x02\x01\0\0", 8), "my_skin.toml:1: not a text file: it has the byte 0x7f"},
        {"my_skin.toml", std::string("title = \"a\"\nid = \"\0\"\n", 21), "my_skin.toml:2: not a text file: it has the byte 0x00"},
        {"my_skin.toml", "title = \"caf\xe9\"\n", "my_skin.toml:1: not valid UTF-8: it has the byte 0xe9"},
        {"my_skin.toml", "title = \"a\"\n# \xc0\xaf overlong\n", "my_skin.toml:2: not valid UTF-8: it has the byte 0xc0"},
        {"my_skin.toml", "title = \"\xed\xa0\x80\"\n", "my_skin.toml:1: not valid UTF-8: it has the byte 0xed"},
        {"my_skin.toml", "a = \"x\" # \xe2\x82\xac is fine here\nb = \xe2\x82\xac\n", "my_skin.toml:2: not valid TOML: a character beyond ASCII outside quotes"},
        {"my_skin.toml", "\xef\xbb\xbf", "my_skin.toml: missing key 'schema'; write schema = \"libskin.parameters/1\""},
        {"my_skin.toml", "a = {}, = 3\n", "my_skin.toml:1: not valid TOML: ..."},
        {"my_skin.toml", "this is no TOML\n", "my_skin.toml:1: not valid TOML: ..."},
        {"my_skin.toml", "a = 1\nb = [1, 2\n", "my_skin.toml:2: not valid TOML: ..."},
        {"my_skin.toml", "a = {b = 1\n", "my_skin.toml:1: not valid TOML: ..."},
        {"my_skin.toml", "a = 1e400\n", "my_skin.toml:1: not valid TOML: ..."},
        {"my_skin.toml", "a = 99999999999999999999\n", "my_skin.toml:1: not valid TOML: ..."},
        {"my_skin.toml", "x = " + std::string(100, '[') + std::string(100, ']') + "\n", "my_skin.toml:1: not valid TOML: ..."},
        {"my_skin.toml", "a" + [] { std::string s; for (int i = 0; i < 5000; ++i) s += ".a"; return s; }() + " = 1\n",
         "my_skin.toml:1: a dotted key with more than 32 dots"},
        {"my_skin.toml", skin_with("id = \"my_skin\"\n", "id = \"my_skin\"\nid = \"my_skin\"\n"), "my_skin.toml:4: duplicate key 'id'"},
        {"my_skin.toml", skin_with("[mechanics]", "[mechanics]\n[mechanics]"), "my_skin.toml:28: duplicate key 'mechanics'"},
        {"my_skin.toml", thickness_with("unit = \"um\"", "unit = \"um\", unit = \"um\""), "my_skin.toml:8: duplicate key 'unit'"},
    };
}

std::vector<Broken> broken_heads() {
    return {
        {"my_skin.toml", without(" \n" + good_skin, "schema"), "my_skin.toml: missing key 'schema'; write schema = \"libskin.parameters/1\""},
        {"my_skin.toml", skin_with("parameters/1", "parameters/2"), "my_skin.toml:1: schema 'libskin.parameters/2' is newer than this libskin reads ('libskin.parameters/1')"},
        {"my_skin.toml", skin_with("parameters/1", "parameters/one"), "my_skin.toml:1: schema 'libskin.parameters/one' is not 'libskin.parameters/1'"},
        {"my_skin.toml", skin_with("libskin.parameters/1", "libskin.params/1"), "my_skin.toml:1: schema 'libskin.params/1' is not known; known are 'libskin.parameters/1', 'libskin.treatment/1' and 'libskin.designs/1'"},
        {"my_skin.toml", skin_with("\"libskin.parameters/1\"", "1"), "my_skin.toml:1: schema 1 is not known; known are 'libskin.parameters/1', 'libskin.treatment/1' and 'libskin.designs/1'"},
        {"my_skin.toml", without(good_skin, "type"), "my_skin.toml: missing key 'type'"},
        {"my_skin.toml", skin_with("\"skin\"", "\"skins\""), "my_skin.toml:2: type 'skins' is not skin, tissue, stamp, pen, roller, active, vehicle, topical, use or needle_material; did you mean 'skin'?"},
        {"my_skin.toml", without(good_skin, "id"), "my_skin.toml: missing key 'id'"},
        {"my_skin.toml", skin_with("id = \"my_skin\"", "id = \"skin\""), "my_skin.toml:3: id 'skin' differs from the name of the file, 'my_skin'"},
        {"my_skin.toml", without(good_skin, "title"), "my_skin.toml: missing key 'title'"},
        {"my_skin.toml", skin_with("title = \"A skin of my own\"", "title = \"\""), "my_skin.toml:4: title is empty"},
        {"my_skin.toml", skin_with("title = \"A skin of my own\"", "title = 3"), "my_skin.toml:4: title must be a string, not an integer"},
        {"my_skin.toml", skin_with("[[layer]]", "conditions = 3\n[[layer]]"), "my_skin.toml:6: conditions must be a table, not an integer"},
    };
}

std::vector<Broken> broken_quantities() {
    return {
        {"my_skin.toml", thickness_with("thickness", "thicknes"), "my_skin.toml:6: missing key 'thickness' in stratum_corneum"},
        {"my_skin.toml", skin_with(thickness, thickness + "\ntoughnes = 3"), "my_skin.toml:9: unknown key 'toughnes' in stratum_corneum; did you mean 'toughness'?"},
        {"my_skin.toml", thickness_with("source", "sauce"), "my_skin.toml:8: unknown key 'sauce' in stratum_corneum.thickness; did you mean 'source'?"},
        {"my_skin.toml", skin_with(thickness, "thickness = 15"), "my_skin.toml:8: stratum_corneum.thickness must be a table { value, unit, kind, source }, not an integer"},
        {"my_skin.toml", skin_with(thickness, "thickness = \"15 um\""), "my_skin.toml:8: stratum_corneum.thickness must be a table { value, unit, kind, source }, not a string"},
        {"my_skin.toml", thickness_with("value = 15, ", ""), "my_skin.toml:8: missing key 'value' in stratum_corneum.thickness"},
        {"my_skin.toml", thickness_with("unit = \"um\", ", ""), "my_skin.toml:8: missing key 'unit' in stratum_corneum.thickness"},
        {"my_skin.toml", thickness_with("kind = \"measured\", ", ""), "my_skin.toml:8: missing key 'kind' in stratum_corneum.thickness"},
        {"my_skin.toml", thickness_with("source = \"me2026, table 1\", ", ""), "my_skin.toml:8: missing key 'source' in stratum_corneum.thickness"},
        {"my_skin.toml", thickness_with("\"me2026, table 1\"", "\"\""), "my_skin.toml:8: stratum_corneum.thickness.source is empty"},
        {"my_skin.toml", thickness_with("15", "\"15\""), "my_skin.toml:8: stratum_corneum.thickness.value must be a number, not a string"},
        {"my_skin.toml", thickness_with("15", "true"), "my_skin.toml:8: stratum_corneum.thickness.value must be a number, not a boolean"},
        {"my_skin.toml", thickness_with("15", "nan"), "my_skin.toml:8: stratum_corneum.thickness.value = nan is not a finite number"},
        {"my_skin.toml", thickness_with("15", "inf"), "my_skin.toml:8: stratum_corneum.thickness.value = inf is not a finite number"},
        {"my_skin.toml", thickness_with("15", "0"), "my_skin.toml:8: stratum_corneum.thickness = 0 um is outside [1 um, 200 mm]"},
        {"my_skin.toml", thickness_with("15", "-15"), "my_skin.toml:8: stratum_corneum.thickness = -15 um is outside [1 um, 200 mm]"},
        {"my_skin.toml", thickness_with("\"um\"", "\"km\""), "my_skin.toml:8: stratum_corneum.thickness = 15 km is outside [1 um, 200 mm]"},
        {"my_skin.toml", thickness_with("\"um\"", "\"kPa\""), "my_skin.toml:8: stratum_corneum.thickness: '15 kPa' is a pressure [Pa]; expected a length [m]"},
        {"my_skin.toml", thickness_with("\"um\"", "\"1\""), "my_skin.toml:8: stratum_corneum.thickness: '15 1' is a pure number [1]; expected a length [m]"},
        {"my_skin.toml", thickness_with("\"um\"", "\"micron\""), "my_skin.toml:8: stratum_corneum.thickness: '15 micron' has the unknown unit 'micron'"},
        {"my_skin.toml", thickness_with("\"um\"", "3"), "my_skin.toml:8: stratum_corneum.thickness.unit must be a string, not an integer"},
        {"my_skin.toml", thickness_with("measured", "mesured"), "my_skin.toml:8: stratum_corneum.thickness.kind = 'mesured' is not one of: measured, fitted, derived, recalled, assumed; did you mean 'measured'?"},
        {"my_skin.toml", thickness_with("measured", "user"), "my_skin.toml:8: stratum_corneum.thickness.kind = 'user' is not one of: measured, fitted, derived, recalled, assumed"},
        {"my_skin.toml", thickness_with("measured", "fitted"), "my_skin.toml:8: stratum_corneum.thickness has kind 'fitted' but no fitted_to; name the experiment, as in 'experiments/kalluri2011'"},
        {"my_skin.toml", thickness_with("n = 12", "fitted_to = \"experiments/x\""), "my_skin.toml:8: stratum_corneum.thickness has fitted_to but kind 'measured'; only kind 'fitted' has it"},
        {"my_skin.toml", thickness_with("lo = 10", "lo = 16"), "my_skin.toml:8: stratum_corneum.thickness: value = 15 lies below its own lo = 16"},
        {"my_skin.toml", thickness_with("hi = 20", "hi = 14"), "my_skin.toml:8: stratum_corneum.thickness: value = 15 lies above its own hi = 14"},
        {"my_skin.toml", thickness_with("lo = 10, hi = 20", "lo = 20, hi = 10"), "my_skin.toml:8: stratum_corneum.thickness: lo = 20 lies above hi = 10"},
        {"my_skin.toml", thickness_with("lo = 10", "lo = nan"), "my_skin.toml:8: stratum_corneum.thickness.lo = nan is not a finite number"},
        {"my_skin.toml", thickness_with("sd = 3", "sd = -3"), "my_skin.toml:8: stratum_corneum.thickness.sd = -3 is negative"},
        {"my_skin.toml", thickness_with("n = 12", "n = 0"), "my_skin.toml:8: stratum_corneum.thickness.n = 0 is not a whole number from 1 to 100000000"},
        {"my_skin.toml", thickness_with("n = 12", "n = 1.5"), "my_skin.toml:8: stratum_corneum.thickness.n = 1.5 is not a whole number from 1 to 100000000"},
        {"my_skin.toml", thickness_with("n = 12", "distribution = \"gaussian\""), "my_skin.toml:8: stratum_corneum.thickness.distribution = 'gaussian' is not one of: normal, lognormal, loguniform, uniform"},
        {"my_skin.toml", thickness_with("n = 12", "uncertain = \"yes\""), "my_skin.toml:8: stratum_corneum.thickness.uncertain must be true or false, not a string"},
        {"my_skin.toml", thickness_with("n = 12", "note = 3"), "my_skin.toml:8: stratum_corneum.thickness.note must be a string, not an integer"},
    };
}

std::vector<Broken> broken_skins() {
    const std::string head = good_skin.substr(0, good_skin.find("[[layer]]"));
    return {
        {"my_skin.toml", head, "my_skin.toml: missing key 'layer'"},
        {"my_skin.toml", head + "layer = []\n", "my_skin.toml:6: layer is empty: a skin needs at least one layer"},
        {"my_skin.toml", head + "layer = 3\n", "my_skin.toml:6: layer must be an array of tables [[layer]], not an integer"},
        {"my_skin.toml", head + "layer = [1, 2]\n", "my_skin.toml:6: layer must be a table, not an integer"},
        {"my_skin.toml", head + "[[layer]]\n", "my_skin.toml:6: missing key 'name' in layer"},
        {"my_skin.toml", skin_with("[mechanics]", "[mechanix]"), "my_skin.toml:27: unknown key 'mechanix'; did you mean 'mechanics'?"},
        {"my_skin.toml", skin_with("[[layer]]", "[[layers]]"), "my_skin.toml:6: unknown key 'layers'; did you mean 'layer'?"},
        {"my_skin.toml", skin_with("\"viable_epidermis\"", "\"stratum_corneum\""), "my_skin.toml:10: duplicate layer 'stratum_corneum'"},
        {"my_skin.toml", skin_with("\"viable_epidermis\"", "\"viable_epidermiss\""), "my_skin.toml:10: missing key 'thickness_variation' in viable_epidermiss"},
        {"my_skin.toml", skin_with("effective_modulus", "efective_modulus"), "my_skin.toml:28: unknown key 'efective_modulus' in mechanics; did you mean 'effective_modulus'?"},
        {"my_skin.toml", skin_with("value = 200, unit = \"kPa\"", "value = 200, unit = \"mm\""), "my_skin.toml:28: mechanics.effective_modulus: '200 mm' is a length [m]; expected a pressure [Pa]"},
        {"my_skin.toml", skin_with("[[layer]]", "tolerance = 3\n[[layer]]"), "my_skin.toml:6: tolerance must be a table, not an integer"},
        {"my_skin.toml", skin_with("\"deep_plexus\"", "\"deep_plexsus\""), "my_skin.toml:30: missing key 'layer' in vasculature.deep_plexsus"},
        {"my_skin.toml", good_skin + "[[vasculature.bed]]\nname = \"deep_plexus\"\n", "my_skin.toml:33: duplicate bed 'deep_plexus'"},
        {"my_skin.toml", good_skin + "layer = \"nowhere\"\n", "my_skin.toml: skin.vasculature.deep_plexus.layer = 'nowhere' is not a layer of this skin"},
        {"my_skin.toml", good_skin + "bottom_fraction = { value = 1.5, unit = \"1\", kind = \"assumed\", source = \"me\" }\n", "my_skin.toml:33: vasculature.deep_plexus.bottom_fraction = 1.5 is outside [0, 1]"},
    };
}

std::vector<Broken> broken_devices() {
    return {
        {"my_pen.toml", without(good_pen, "protrusion"), "my_pen.toml: missing key 'protrusion'"},
        {"my_pen.toml", pen_with("protrusion", "protrussion"), "my_pen.toml:7: unknown key 'protrussion'; did you mean 'protrusion'?"},
        {"my_pen.toml", pen_with("value = 9", "value = 9.5"), "my_pen.toml:5: count = 9.5 must be a whole number"},
        {"my_pen.toml", pen_with("value = 9", "value = 0"), "my_pen.toml:5: count = 0 is outside [1, 1000]"},
        {"my_pen.toml", pen_with("value = 9", "value = 3000000000000"), "my_pen.toml:5: count = 3000000000000 must be a whole number"},
        {"my_pen.toml", pen_with("value = 1, unit = \"mm\"", "value = 2, unit = \"mm\""), "my_pen.toml: pen.protrusion = 0.002 m is beyond pen.needle.length = 0.0015 m"},
        {"my_pen.toml", pen_with("tip_radius = { value = 4", "tip_radius = { value = 126"), "my_pen.toml: ..."},
        {"my_pen.toml", pen_with("[needle]", "[nedle]"), "my_pen.toml:11: unknown key 'nedle'; did you mean 'needle'?"},
        {"my_pen.toml", good_pen.substr(0, good_pen.find("[needle]")), "my_pen.toml: missing key 'needle'"},
        {"my_pen.toml", pen_with("[needle]\n", "needle = 3\n[x]\n"), "my_pen.toml:12: unknown key 'x'"},
        {"my_pen.toml", without(good_pen, "tip_radius"), "my_pen.toml:11: missing key 'tip_radius' in needle"},
        {"my_pen.toml", pen_with("rpm", "rad/s"), "my_pen.toml:8: frequency: '6000 rad/s' is an angular speed [rad/s]; expected a rate [1/s]"},
        {"my_pen.toml", pen_with("\"pen\"", "\"pencil\""), "my_pen.toml:2: type 'pencil' is not skin, tissue, stamp, pen, roller, active, vehicle, topical, use or needle_material"},
        {"my_pen.toml", pen_with("\"pen\"", "\"roller\""), "my_pen.toml:5: unknown key 'count'"},
        {"my_roller.toml", without(good_roller, "rings"), "my_roller.toml: missing key 'rings'"},
        {"my_stamp.toml", without(good_stamp, "pitch"), "my_stamp.toml: missing key 'pitch'"},
        {"my_stamp.toml", changed(good_stamp, "value = 2, unit = \"mm\"", "value = 2, unit = \"mm^2\""), "my_stamp.toml:7: pitch: '2 mm^2' is an area [m^2]; expected a length [m]"},
    };
}

std::vector<Broken> broken_products() {
    return {
        {"my_active.toml", without(good_active, "molar_mass"), "my_active.toml: missing key 'molar_mass'"},
        {"my_active.toml", without(good_active, "log_partition"), "my_active.toml: missing key 'log_partition'"},
        {"my_active.toml", without(good_active, "solute_class"), "my_active.toml: missing key 'solute_class'"},
        {"my_active.toml", active_with("\"small\"", "\"smal\""), "my_active.toml:5: solute_class = 'smal' is not one of: small, dextran, protein, hyaluronic_acid, nucleic_acid, particle, lipid; did you mean 'small'?"},
        {"my_active.toml", active_with("\"acid\"", "3"), "my_active.toml:6: compound_type must be a string, not an integer"},
        {"my_active.toml", active_with("g/mol", "mol/g"), "my_active.toml:7: molar_mass: '176.12 mol/g' is of dimension [kg^-1 mol]; expected a molar mass [kg/mol]"},
        {"my_active.toml", active_with("value = true", "value = 1"), "my_active.toml:11: sensitiser must be true or false, not an integer"},
        {"my_active.toml", active_with("value = true, kind", "value = true, unit = \"1\", kind"), "my_active.toml:11: unknown key 'unit' in sensitiser"},
        {"my_active.toml", active_with("value = 4.2", "value = 42"), "my_active.toml:9: pka_acid = 42 is outside [-5, 20]"},
        {"my_vehicle.toml", vehicle_with("\"deg\"", "\"1\""), "my_vehicle.toml:8: contact_angle: '60 1' is a pure number [1]; expected an angle [rad]"},
        {"my_vehicle.toml", vehicle_with("occlusive = true", "occlusive = \"yes\""), "my_vehicle.toml:11: occlusive must be true or false, not a string"},
        {"my_vehicle.toml", vehicle_with("ph =", "pH ="), "my_vehicle.toml:10: unknown key 'pH'; did you mean 'ph'?"},
        {"my_topical.toml", topical_with("my_active.toml", "niacinamid"), "my_topical.toml:5: no active 'niacinamid'; did you mean 'niacinamide'?"},
        {"my_topical.toml", topical_with("my_active.toml", "nowhere.toml"), "nowhere.toml: no such file"},
        {"my_topical.toml", topical_with("my_active.toml", "my_vehicle.toml"), "my_vehicle.toml:2: type 'vehicle' where active was expected"},
        {"my_topical.toml", without(good_topical, "vehicle"), "my_topical.toml: missing key 'vehicle'"},
        {"my_topical.toml", without(good_topical, "concentration"), "my_topical.toml: missing key 'concentration'"},
        {"my_topical.toml", topical_with("\"mg/mL\"", "\"%\""), "my_topical.toml:7: concentration: '150 %' is a pure number [1]; expected a mass per volume [kg/m^3]"},
        {"my_topical.toml", topical_with("value = 2", "value = 4"), "my_topical.toml:8: irritancy_class_after = 4 is outside [0, 3]"},
        {"my_use.toml", use_with("\"impact\"", "\"impakt\""), "my_use.toml:5: kind = 'impakt' is not travel, pressing, impact, rolling or gliding; did you mean 'impact'?"},
        {"my_use.toml", without(good_use, "mass"), "my_use.toml: missing key 'mass'"},
        {"my_use.toml", use_with("velocity", "speed"), "my_use.toml:6: unknown key 'speed'"},
        {"my_use.toml", changed(changed(good_use, "\"use\"", "\"tissue\""), "my_use", "my_use"), "my_use.toml:3: 'my_use' is not a default set"},
    };
}

std::vector<Broken> broken_treatments() {
    return {
        {"my_treatment.toml", treatment_with("treatment/1", "treatment/2"), "my_treatment.toml:1: schema 'libskin.treatment/2' is newer than this libskin reads ('libskin.treatment/1')"},
        {"my_treatment.toml", without(good_treatment, "title"), "my_treatment.toml: missing key 'title'"},
        {"my_treatment.toml", "id = \"other\"\n" + good_treatment, "my_treatment.toml:1: id 'other' differs from the name of the file, 'my_treatment'"},
        {"my_treatment.toml", without(good_treatment, "skin"), "my_treatment.toml: missing key 'skin'"},
        {"my_treatment.toml", treatment_with("[session]", "[sesion]"), "my_treatment.toml:6: unknown key 'sesion'; did you mean 'session'?"},
        {"my_treatment.toml", treatment_with("protrusion", "protrussion"), "my_treatment.toml:11: unknown key 'protrussion' in session.device; did you mean 'protrusion'?"},
        {"my_treatment.toml", treatment_with("1.2 mm", "1.2 MPa"), "my_treatment.toml:11: session.device.protrusion: '1.2 MPa' is a pressure [Pa]; expected a length [m]"},
        {"my_treatment.toml", treatment_with("\"1.2 mm\"", "1.2"), "my_treatment.toml:11: session.device.protrusion = 1.2 has no unit; write a text such as \"1.2 m\""},
        {"my_treatment.toml", treatment_with("\"1.2 mm\"", "{ value = 1 }"), "my_treatment.toml:11: session.device.protrusion must be a text such as \"1 m\", not a table"},
        {"my_treatment.toml", treatment_with("1.2 mm", "12 mm"), "my_treatment.toml:11: session.device.protrusion = 12 mm is outside [0 m, 5 mm]"},
        {"my_treatment.toml", treatment_with("1.2 mm", "1.6 mm"), "my_treatment.toml:11: pen.protrusion = 0.0016 m is beyond pen.needle.length = 0.0015 m"},
        {"my_treatment.toml", treatment_with("file = \"my_skin.toml\"", "preset = \"face_chek\""), "my_treatment.toml:3: skin.preset: no skin 'face_chek'; did you mean 'face_cheek'?"},
        {"my_treatment.toml", treatment_with("file = \"my_skin.toml\"", "preset = \"back\", file = \"my_skin.toml\""), "my_treatment.toml:3: skin has both 'preset' and 'file'; keep one"},
        {"my_treatment.toml", treatment_with("file = \"my_skin.toml\", ", ""), "my_treatment.toml:3: missing key 'preset' (or 'file') in skin"},
        {"my_treatment.toml", treatment_with("my_skin.toml", "no_skin.toml"), "no_skin.toml: no such file"},
        {"my_treatment.toml", treatment_with("my_skin.toml", "my_pen.toml"), "my_pen.toml:2: type 'pen' where skin was expected"},
        {"my_treatment.toml", treatment_with("age_years = 45", "age = 45"), "my_treatment.toml:3: unknown key 'age' in skin"},
        {"my_treatment.toml", treatment_with("age_years = 45", "age_years = 450"), "my_treatment.toml:3: skin.age_years = 450 is outside [0, 120]"},
        {"my_treatment.toml", treatment_with("age_years = 45", "age_years = nan"), "my_treatment.toml:3: skin.age_years = nan is not a finite number"},
        {"my_treatment.toml", treatment_with("\"female\"", "\"femal\""), "my_treatment.toml:3: skin.sex = 'femal' is not one of: unspecified, female, male; did you mean 'female'?"},
        {"my_treatment.toml", treatment_with("count = 2", "count = 0"), "my_treatment.toml:7: session.count = 0 is outside [1, 1000]"},
        {"my_treatment.toml", treatment_with("count = 2", "count = 2.5"), "my_treatment.toml:7: session.count = 2.5 must be a whole number"},
        {"my_treatment.toml", treatment_with("count = 2", "count = \"two\""), "my_treatment.toml:7: session.count: 'two' does not start with a finite number; expected a number and a unit like '1'"},
        {"my_treatment.toml", without(good_treatment, "interval"), "my_treatment.toml:6: missing key 'interval' in session"},
        {"my_treatment.toml", without(good_treatment, "area"), "my_treatment.toml:6: missing key 'area' in session"},
        {"my_treatment.toml", treatment_with("covered = false", "covered = 0"), "my_treatment.toml:10: session.covered must be true or false, not an integer"},
        {"my_treatment.toml", treatment_with("\"gliding\"", "\"glidin\""), "my_treatment.toml:12: session.use.kind = 'glidin' is not travel, pressing, impact, rolling or gliding; did you mean 'gliding'?"},
        {"my_treatment.toml", treatment_with("force = \"1.5 N\"", "slip = 0.1"), "my_treatment.toml:12: unknown key 'slip' in session.use"},
        {"my_treatment.toml", treatment_with("horizon", "horizont"), "my_treatment.toml:4: unknown key 'horizont' in output; did you mean 'horizon'?"},
        {"my_treatment.toml", treatment_with("84 d", "84 dd"), "my_treatment.toml:4: output.horizon: '84 dd' has the unknown unit 'dd'; did you mean 'd'?"},
        {"my_treatment.toml", treatment_with("output = { horizon = \"84 d\" }", "output = \"84 d\""), "my_treatment.toml:4: output must be a table, not a string"},
        {"my_treatment.toml", treatment_with("name = \"serum\"\n", ""), "my_treatment.toml:14: missing key 'name' in application"},
        {"my_treatment.toml", treatment_with("\"serum\"", "\"my serum\""), "my_treatment.toml:15: the name 'my serum' has a blank, a dot or a slash; it is part of dotted names"},
        {"my_treatment.toml", treatment_with("\"before\"", "\"during\""), "my_treatment.toml:17: application.serum.when = 'during' is not one of: before, after"},
        {"my_treatment.toml", treatment_with("10 mg/cm^2", "10 uL/cm^2"), "my_treatment.toml:18: application.serum.dose: '10 uL/cm^2' is a length [m]; expected a mass per area [kg/m^2]"},
        {"my_treatment.toml", without(good_treatment, "dose"), "my_treatment.toml:14: missing key 'dose' in application.serum"},
        {"my_treatment.toml", without(good_treatment, "topical"), "my_treatment.toml:14: missing key 'topical' in application.serum"},
        {"my_treatment.toml", treatment_with("my_topical.toml", "hyaluronic_serun"), "my_treatment.toml:16: application.serum.topical: no topical 'hyaluronic_serun'; did you mean 'hyaluronic_serum'?"},
        {"my_treatment.toml", good_treatment + "\n[[application]]\nname = \"serum\"\ntopical = \"my_topical.toml\"\nwhen = \"after\"\ndose = \"1 mg/cm^2\"\n", "my_treatment.toml:21: duplicate application 'serum'"},
        {"my_treatment.toml", treatment_with("my_pen.toml", "my_roller.toml"), "my_treatment.toml:11: unknown key 'protrusion' in session.device"},
    };
}

// clang-format on

class BrokenFiles : public testing::Test {
protected:
    void check(const std::vector<Broken>& table) {
        for (const auto& [file, content, sentence] : table) {
            const Folder folder;
            folder.write_good_files();
            const auto path = folder.write(file, content);
            std::string said = "no error";
            try {
                said += ": " + skin::check_file(path);
            } catch (const skin::DataError& error) {
                said = error.what();
            }
            const std::string prefix = folder.path().string() + "/";
            if (said.starts_with(prefix)) said.erase(0, prefix.size());
            ++count;
            if (sentence.ends_with("...")) {
                EXPECT_TRUE(said.starts_with(sentence.substr(0, sentence.size() - 3)))
                    << "said:   " << said << "\nwanted: " << sentence;
            } else {
                EXPECT_EQ(said, sentence);
            }
        }
    }
    static inline int count = 0;
};

TEST_F(BrokenFiles, Syntax) { check(broken_syntax()); }
TEST_F(BrokenFiles, Heads) { check(broken_heads()); }
TEST_F(BrokenFiles, Quantities) { check(broken_quantities()); }
TEST_F(BrokenFiles, Skins) { check(broken_skins()); }
TEST_F(BrokenFiles, Devices) { check(broken_devices()); }
TEST_F(BrokenFiles, Products) { check(broken_products()); }
TEST_F(BrokenFiles, Treatments) { check(broken_treatments()); }

// The good files are good: else every sentence above could come from another fault.
TEST_F(BrokenFiles, TheUnbrokenOnesAreAccepted) {
    const Folder folder;
    folder.write_good_files();
    for (const char* name : {"skin", "pen", "roller", "stamp", "active", "vehicle", "topical", "use", "treatment"}) {
        EXPECT_NO_THROW(skin::check_file(folder / (std::string{"my_"} + name + ".toml"))) << name;
    }
}

// What the file system can do to a path.
TEST_F(BrokenFiles, Paths) {
    const Folder folder;
    const auto said = [&](const std::filesystem::path& path) -> std::string {
        try {
            return skin::check_file(path);
        } catch (const skin::DataError& error) {
            const std::string text = error.what(), prefix = folder.path().string() + "/";
            return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
        }
    };
    EXPECT_EQ(said(folder / "nowhere.toml"), "nowhere.toml: no such file");
    EXPECT_EQ(said(folder.write("file.toml", "x") / "inside.toml"), "file.toml/inside.toml: no such file");
    std::filesystem::create_directory(folder / "folder.toml");
    EXPECT_EQ(said(folder / "folder.toml"), "folder.toml: is a folder, not a file");
    std::filesystem::create_symlink(folder / "loop.toml", folder / "loop.toml");
    EXPECT_TRUE(said(folder / "loop.toml").starts_with("loop.toml: cannot be read: ")) << said(folder / "loop.toml");
    ASSERT_EQ(::mkfifo((folder / "pipe.toml").c_str(), 0600), 0);
    EXPECT_EQ(said(folder / "pipe.toml"), "pipe.toml: is not a regular file");
    EXPECT_EQ(said("/dev/zero"), "/dev/zero: is not a regular file");
    EXPECT_TRUE(said(std::string(5000, 'x')).ends_with("cannot be read: File name too long"));
    folder.write("huge.toml", "");
    std::filesystem::resize_file(folder / "huge.toml", std::uintmax_t{5} << 30);  // sparse: takes no room
    EXPECT_EQ(said(folder / "huge.toml"),
              "huge.toml: has 5368709120 bytes; a parameter or treatment file has at most 4194304");
    if (::geteuid() != 0) {  // root may read everything
        const auto secret = folder.write("secret.toml", "x = 1");
        std::filesystem::permissions(secret, std::filesystem::perms::none);
        EXPECT_EQ(said(secret), "secret.toml: cannot be read: Permission denied");
    }
}

TEST_F(BrokenFiles, ThereAreAtLeastSixty) {
    EXPECT_GE(broken_syntax().size() + broken_heads().size() + broken_quantities().size() + broken_skins().size() +
                  broken_devices().size() + broken_products().size() + broken_treatments().size(),
              60u);
}

}  // namespace
