# delay_load(<target> <name> LIBRARY <shared library> [ZERO <variable> …])
#
# Whoever links the static library <target> gets its calls into a shared library
# through jumps that load it on first use, so that commands without use for it
# start without it. C++ sees it as tidemark::delayed::<name> (base/delay_load.h).
function(delay_load target name)
  cmake_parse_arguments(ARG "" "LIBRARY" "ZERO" ${ARGN})
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/delayed_${name}.S)
  set(script ${PROJECT_SOURCE_DIR}/tools/delay_load.py)
  add_custom_command(
    OUTPUT ${output}
    COMMAND Python3::Interpreter ${script}
            --machine ${CMAKE_SYSTEM_PROCESSOR} --nm ${CMAKE_NM} --readelf ${CMAKE_READELF}
            --compiler ${CMAKE_CXX_COMPILER}
            --library ${ARG_LIBRARY} --table tidemark_delayed_${name} --output ${output}
            $<TARGET_FILE:${target}> --zero ${ARG_ZERO}
    DEPENDS ${target} ${script}
    VERBATIM)
  add_library(tidemark_delayed_${name} STATIC ${output})
  target_link_libraries(tidemark_delayed_${name} PUBLIC tidemark_base ${CMAKE_DL_LIBS})
  target_link_libraries(${target} INTERFACE tidemark_delayed_${name})
endfunction()
