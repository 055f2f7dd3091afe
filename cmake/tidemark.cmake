# tidemark_library(<folder> SOURCES … [APART …] [TESTS …] [NEEDS_POSTGRES] [USES …])
#
# One static library per folder of src/, named tidemark_<folder>, and one test
# program <folder>_test made of the x_test.cc files beside the code. Sources that give
# the same names to different things in their unnamed namespaces stand APART: they are
# not compiled together with others in a unity build.
function(tidemark_library folder)
  cmake_parse_arguments(ARG "NEEDS_POSTGRES" "" "SOURCES;APART;TESTS;USES" ${ARGN})
  set(library tidemark_${folder})
  add_library(${library} STATIC ${ARG_SOURCES} ${ARG_APART})
  set_source_files_properties(${ARG_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_include_directories(${library} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                               ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${library} PUBLIC ${ARG_USES})
  tidemark_warnings(${library})
  if(TIDEMARK_DEVELOPER AND ARG_TESTS)
    set(needs)
    if(ARG_NEEDS_POSTGRES)
      set(needs NEEDS_POSTGRES)
    endif()
    tidemark_test(${folder}_test SOURCES ${ARG_TESTS} ${needs} USES ${library})
  endif()
endfunction()

# Names the URL of the PostgreSQL that ctest starts (tests/servers).
set(TIDEMARK_POSTGRES_FILE ${CMAKE_BINARY_DIR}/servers/postgres)

# tidemark_test(<name> SOURCES … [NEEDS_POSTGRES] USES …): a GoogleTest program, run
# by ctest; with NEEDS_POSTGRES while a private server runs (tests/servers/postgres.h).
function(tidemark_test name)
  cmake_parse_arguments(ARG "NEEDS_POSTGRES" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_USES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE TIDEMARK_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                             TIDEMARK_POSTGRES_FILE="${TIDEMARK_POSTGRES_FILE}")
  target_compile_options(${name} PRIVATE -O0)  # compiled more often than run
  tidemark_warnings(${name})
  set(fixture)
  if(ARG_NEEDS_POSTGRES)
    set(fixture FIXTURES_REQUIRED postgres)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT 600 ${fixture})
endfunction()

function(tidemark_warnings target)
  if(TIDEMARK_DEVELOPER)
    # -Wrestrict: GCC 12 sees overlaps in std::string that are none (its bug 105651).
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Werror
                                             -Wno-missing-field-initializers -Wno-restrict)
    # Under the sanitizers it also takes std::regex for uninitialized (its bug 105562).
    if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
    endif()
  endif()
endfunction()
