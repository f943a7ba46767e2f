# Run with cmake -P by the test install.outside_program; its CMakeLists.txt sets the variables.
function(run_step what)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT" "COMMAND")
  execute_process(COMMAND ${arg_COMMAND} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${what} failed (${result}):\n${output}\n${errors}")
  endif()
  if(arg_OUTPUT)
    set(${arg_OUTPUT} "${output}" PARENT_SCOPE)
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})
run_step("installing" COMMAND ${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/first)
# A prefix that was moved must work: nothing in it may hold the path it was installed to.
file(RENAME ${WORK_DIR}/first ${WORK_DIR}/moved)

run_step("configuring the outside program" COMMAND ${CMAKE_COMMAND} -S ${CONSUMER_DIR} -B ${WORK_DIR}/build
  -G ${GENERATOR} -DCMAKE_BUILD_TYPE=${BUILD_TYPE} -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_CXX_FLAGS=${CXX_FLAGS}
  -DCMAKE_PREFIX_PATH=${WORK_DIR}/moved -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF -DHAMMERSCALE_WANTED=${VERSION})
run_step("building the outside program" COMMAND ${CMAKE_COMMAND} --build ${WORK_DIR}/build)

set(program ${WORK_DIR}/build/outside_program)
run_step("running it alone" COMMAND ${program} OUTPUT alone)
run_step("running it on three ranks" COMMAND ${MPIEXEC} -n 3 ${program} OUTPUT three)
foreach(output IN ITEMS "${alone}" "${three}")
  if(NOT output MATCHES "^answer 499500\n$")
    message(FATAL_ERROR "the outside program printed something else than one line \"answer 499500\":\n${output}")
  endif()
endforeach()
