# embed_files(<target> <namespace> FILES …)
#
# Compiles files into the program. Each becomes a std::string_view in
# "embedded/<namespace>.h", looked up by its path relative to the listing folder:
#   std::string_view tidemark::embedded::<namespace>(std::string_view path);
# which is empty for a path that was not embedded.
function(embed_files target namespace)
  cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(output ${folder}/${namespace}.cc)
  set(script ${PROJECT_SOURCE_DIR}/tools/embed.py)
  set(inputs)
  foreach(file ${ARG_FILES})
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_custom_command(
    OUTPUT ${output} ${folder}/${namespace}.h
    COMMAND Python3::Interpreter ${script} --namespace ${namespace} --output ${folder}
            --root ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_FILES}
    DEPENDS ${inputs} ${script}
    VERBATIM)
  target_sources(${target} PRIVATE ${output} ${folder}/${namespace}.h)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  set_property(TARGET ${target} APPEND PROPERTY EMBEDDED_FILES ${ARG_FILES})
endfunction()
