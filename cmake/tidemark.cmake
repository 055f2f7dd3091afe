# tidemark_library(<folder> SOURCES … [TESTS …] [USES …])
#
# One static library per folder of src/, named tidemark_<folder>, and one test
# program <folder>_test made of the x_test.cc files beside the code.
function(tidemark_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;TESTS;USES" ${ARGN})
  set(library tidemark_${folder})
  add_library(${library} STATIC ${ARG_SOURCES})
  target_include_directories(${library} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                               ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${library} PUBLIC ${ARG_USES})
  tidemark_warnings(${library})
  if(TIDEMARK_DEVELOPER AND ARG_TESTS)
    tidemark_test(${folder}_test SOURCES ${ARG_TESTS} USES ${library})
  endif()
endfunction()

# tidemark_test(<name> SOURCES … USES …): a GoogleTest program, run by ctest.
function(tidemark_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_USES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE TIDEMARK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  tidemark_warnings(${name})
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT 120)
endfunction()

function(tidemark_warnings target)
  if(TIDEMARK_DEVELOPER)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Werror
                                             -Wno-missing-field-initializers)
  endif()
endfunction()
