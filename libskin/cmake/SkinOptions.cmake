# Warnings and sanitizers for our own targets only: linked as $<BUILD_INTERFACE:...>, so nothing global is set or exported.
add_library(skin_options INTERFACE)
target_compile_features(skin_options INTERFACE cxx_std_20)
target_compile_options(skin_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  $<$<CONFIG:Release>:-Wno-restrict>  # GCC 12 at -O3 sees overlaps in std::string that are not there (GCC bug 105651)
  -Wno-missing-field-initializers  # designated initialisers leave members at their defaults on purpose
  -fno-math-errno -fno-trapping-math)  # never -ffast-math: it switches the host process to flush-to-zero
if(SKIN_WERROR)
  target_compile_options(skin_options INTERFACE -Werror)
endif()
if(SKIN_SANITIZE)
  target_compile_options(skin_options INTERFACE -fsanitize=${SKIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(skin_options INTERFACE -fsanitize=${SKIN_SANITIZE})
endif()

# ccache makes the second build of the same file free, also across build folders.
find_program(SKIN_CCACHE ccache)
if(SKIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${SKIN_CCACHE}")
endif()

# The revision ends up in every result file; git is not needed to build.
execute_process(COMMAND git -C "${CMAKE_CURRENT_SOURCE_DIR}" rev-parse --short=12 HEAD
  OUTPUT_VARIABLE SKIN_GIT_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE skin_git_status)
if(NOT skin_git_status EQUAL 0)
  set(SKIN_GIT_REVISION "unknown")
endif()
