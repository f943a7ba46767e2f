# Kinds of tests beyond hammerscale_add_test: whole commands that must end in a certain way, and code that must not compile.
# docs/adding/test.md says when to use which.

# hammerscale_add_death_test(NAME COMMAND program [arguments...] EXIT code|nonzero|killed SECONDS limit
#                            [EXPECT regex...] [REJECT regex...] [ENVIRONMENT NAME=VALUE...] [PROCESSORS n] [LABELS ...])
# Runs the whole command (often mpirun) and demands: it ends within the limit, with this exit code; each EXPECT regex
# (ECMAScript) matches somewhere in stdout or stderr, no REJECT regex does; and neither a process nor a file in /dev/shm nor
# a file in the scratch folder outlives it. The command gets an empty folder as TMPDIR and HAMMERSCALE_SCRATCH. Alone among
# tests: what others leave in /dev/shm meanwhile must not be taken for this command's.
function(hammerscale_add_death_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "EXIT;SECONDS;PROCESSORS" "COMMAND;EXPECT;REJECT;ENVIRONMENT;LABELS")
  foreach(required IN ITEMS COMMAND EXIT SECONDS)
    if(NOT DEFINED arg_${required})
      message(FATAL_ERROR "hammerscale_add_death_test(${name}): ${required} is missing")
    endif()
  endforeach()
  set(checks --exit ${arg_EXIT} --seconds ${arg_SECONDS})
  foreach(regex IN LISTS arg_EXPECT)
    list(APPEND checks --expect "${regex}")
  endforeach()
  foreach(regex IN LISTS arg_REJECT)
    list(APPEND checks --reject "${regex}")
  endforeach()
  if(NOT arg_PROCESSORS)
    set(arg_PROCESSORS 1)
  endif()
  # The command ends itself before CTest's own limit, which would say less and leave the ranks behind.
  math(EXPR timeout "${arg_SECONDS} + 30")
  add_test(NAME ${name} COMMAND run_and_expect ${checks} -- ${arg_COMMAND})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} PROCESSORS ${arg_PROCESSORS} RUN_SERIAL TRUE
    LABELS "death;${arg_LABELS}" ENVIRONMENT "${HAMMERSCALE_MPI_ENVIRONMENT};${arg_ENVIRONMENT}")
endfunction()

# hammerscale_add_must_not_compile(NAME SOURCE bad.cpp TWIN good.cpp MESSAGE regex [LINK hammerscale::core])
# Two CTest entries that call the compiler as a program linking hammerscale::core would: NAME demands that SOURCE fails with
# a message that matches (CMake regex), NAME.twin that TWIN, which differs by the mistake only, compiles.
function(hammerscale_add_must_not_compile name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SOURCE;TWIN;MESSAGE" "LINK")
  foreach(required IN ITEMS SOURCE TWIN MESSAGE)
    if(NOT DEFINED arg_${required})
      message(FATAL_ERROR "hammerscale_add_must_not_compile(${name}): ${required} is missing")
    endif()
  endforeach()
  if(NOT arg_LINK)
    set(arg_LINK hammerscale::core)
  endif()
  # Never built: it only collects the flags that linking these libraries brings.
  set(consumer consumer_of_${name})
  string(MAKE_C_IDENTIFIER ${consumer} consumer)
  add_library(${consumer} OBJECT EXCLUDE_FROM_ALL ${arg_TWIN})
  target_link_libraries(${consumer} PRIVATE ${arg_LINK})
  set(flags ${CMAKE_CURRENT_BINARY_DIR}/${consumer}.flags)
  set(directories "$<REMOVE_DUPLICATES:$<TARGET_PROPERTY:${consumer},INCLUDE_DIRECTORIES>>")
  set(definitions "$<REMOVE_DUPLICATES:$<TARGET_PROPERTY:${consumer},COMPILE_DEFINITIONS>>")
  set(options "$<REMOVE_DUPLICATES:$<TARGET_PROPERTY:${consumer},COMPILE_OPTIONS>>")
  file(GENERATE OUTPUT ${flags} CONTENT
"-std=c++20 -O0
$<JOIN:${options},\n>
$<$<BOOL:${directories}>:-I$<JOIN:${directories},\n-I>>
$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},\n-D>>
")
  foreach(entry IN ITEMS "${name};FAIL;${arg_SOURCE}" "${name}.twin;PASS;${arg_TWIN}")
    list(GET entry 0 entry_name)
    list(GET entry 1 outcome)
    list(GET entry 2 source)
    add_test(NAME ${entry_name} COMMAND ${CMAKE_COMMAND} -DCOMPILER=${CMAKE_CXX_COMPILER} -DFLAGS=${flags}
      -DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}/${source} -DOUTCOME=${outcome} "-DMESSAGE=${arg_MESSAGE}"
      -P ${PROJECT_SOURCE_DIR}/cmake/try_to_compile.cmake)
    set_tests_properties(${entry_name} PROPERTIES TIMEOUT 120 LABELS must_not_compile)
  endforeach()
endfunction()
