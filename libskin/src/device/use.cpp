#include "skin/device/use.hpp"

#include <type_traits>

#include "skin/core/validate.hpp"

namespace skin {

void validate_use(const Use& use) {
    std::visit(
        [](const auto& u) {
            using U = std::decay_t<decltype(u)>;
            constexpr const char* name = std::is_same_v<U, Travel>     ? "travel"
                                         : std::is_same_v<U, Pressing> ? "pressing"
                                         : std::is_same_v<U, Impact>   ? "impact"
                                         : std::is_same_v<U, Rolling>  ? "rolling"
                                                                       : "gliding";
            validate(u, name);
        },
        use);
}

}  // namespace skin
