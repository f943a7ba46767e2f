include(GNUInstallDirs)
# Installed programs and shared libraries find each other wherever the prefix is moved.
set(CMAKE_INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}:$ORIGIN")

add_library(hammerscale_build_flags INTERFACE)
target_compile_features(hammerscale_build_flags INTERFACE cxx_std_20)
target_compile_options(hammerscale_build_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(HAMMERSCALE_WERROR)
  target_compile_options(hammerscale_build_flags INTERFACE -Werror)
endif()
if(HAMMERSCALE_NATIVE)
  target_compile_options(hammerscale_build_flags INTERFACE -march=native)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  # Any x86-64-v2 node runs this; hot kernels choose wider instructions at run time.
  target_compile_options(hammerscale_build_flags INTERFACE -march=x86-64-v2 -mtune=generic)
endif()
if(HAMMERSCALE_SANITIZE)
  target_compile_options(hammerscale_build_flags INTERFACE -fsanitize=${HAMMERSCALE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(hammerscale_build_flags INTERFACE -fsanitize=${HAMMERSCALE_SANITIZE})
endif()

# hammerscale_add_library(NAME HEADER_ROOT dir HEADERS ... SOURCES ... [PUBLIC_LINK ...] [PRIVATE_LINK ...])
# makes the target hammerscale_NAME and its alias hammerscale::NAME, and installs it with its headers as part of the
# package hammerscale. The target hammerscale_NAME_verify_interface_header_sets compiles each header alone.
function(hammerscale_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER_ROOT" "HEADERS;SOURCES;PUBLIC_LINK;PRIVATE_LINK")
  set(target hammerscale_${name})
  add_library(${target} ${arg_SOURCES})
  add_library(hammerscale::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${arg_HEADER_ROOT} FILES ${arg_HEADERS})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC_LINK}
                        PRIVATE $<BUILD_INTERFACE:hammerscale_build_flags> ${arg_PRIVATE_LINK})
  target_compile_definitions(${target} PUBLIC HAMMERSCALE_CHECKS=${HAMMERSCALE_CHECKS})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON EXPORT_NAME ${name}
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
    VERIFY_INTERFACE_HEADER_SETS ON)
  install(TARGETS ${target} EXPORT hammerscaleTargets FILE_SET HEADERS)
endfunction()

# What a test's mpirun needs on a small machine: more ranks than cores, no two runs bound to the same core, root allowed.
set(HAMMERSCALE_MPI_ENVIRONMENT
  "OMPI_ALLOW_RUN_AS_ROOT=1;OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1;OMPI_MCA_rmaps_base_oversubscribe=1;OMPI_MCA_hwloc_base_binding_policy=none;OMPI_MCA_mpi_yield_when_idle=1;OMPI_MCA_btl_vader_backing_directory=/dev/shm")

# hammerscale_add_test(NAME SOURCES ... [LINK ...] [RANKS 1 2 4] [TIMEOUT seconds])
# One executable. Without RANKS it is one process without MPI; with RANKS, one CTest entry NAME.pN each, under mpirun.
function(hammerscale_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINK;RANKS;LABELS")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE hammerscale_build_flags ${arg_LINK})
  if(NOT arg_RANKS)
    target_link_libraries(${name} PRIVATE GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
  else()
    target_link_libraries(${name} PRIVATE hammerscale_mpi_test_main)
    foreach(ranks IN LISTS arg_RANKS)
      add_test(NAME ${name}.p${ranks}
               COMMAND ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${ranks} ${MPIEXEC_PREFLAGS} $<TARGET_FILE:${name}>)
      set_tests_properties(${name}.p${ranks} PROPERTIES TIMEOUT ${arg_TIMEOUT} PROCESSORS ${ranks}
        LABELS "mpi;${arg_LABELS}"
        ENVIRONMENT "${HAMMERSCALE_MPI_ENVIRONMENT}")
    endforeach()
  endif()
endfunction()

# hammerscale_add_session_test(NAME SOURCES ... [LINK ...] RANKS 0 2 3 4 [TIMEOUT seconds] [LABELS ...]
#                              [ENVIRONMENT NAME=VALUE ...])
# One program whose tests run on the driver of a session (tests/support/session_test.hpp); an entry NAME.pN for each
# number of ranks, under mpirun, and NAME.alone for one process without it.
function(hammerscale_add_session_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINK;RANKS;LABELS;ENVIRONMENT")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 240)
  endif()
  add_executable(${name} ${arg_SOURCES} ${PROJECT_SOURCE_DIR}/tests/support/session_test_main.cpp)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE hammerscale_build_flags GTest::gtest ${arg_LINK})
  hammerscale_add_session_entries(${name} PREFIX ${name} RANKS ${arg_RANKS} TIMEOUT ${arg_TIMEOUT}
                                  LABELS ${arg_LABELS} ENVIRONMENT ${arg_ENVIRONMENT})
endfunction()

# hammerscale_add_session_entries(TARGET PREFIX name RANKS 0 2 3 TIMEOUT s [ENVIRONMENT NAME=VALUE ...] [ARGUMENTS ...])
# More CTest entries of a session test, for instance with another environment. 0 ranks: without mpirun.
function(hammerscale_add_session_entries target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PREFIX;TIMEOUT" "RANKS;LABELS;ENVIRONMENT;ARGUMENTS")
  foreach(ranks IN LISTS arg_RANKS)
    if(ranks EQUAL 0)
      set(entry ${arg_PREFIX}.alone)
      add_test(NAME ${entry} COMMAND ${target} ${arg_ARGUMENTS})
      set_tests_properties(${entry} PROPERTIES LABELS "${arg_LABELS}" PROCESSORS 2)
    else()
      set(entry ${arg_PREFIX}.p${ranks})
      add_test(NAME ${entry}
               COMMAND ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${ranks} ${MPIEXEC_PREFLAGS} $<TARGET_FILE:${target}>
                       ${arg_ARGUMENTS})
      set_tests_properties(${entry} PROPERTIES LABELS "mpi;${arg_LABELS}" PROCESSORS ${ranks})
    endif()
    set_tests_properties(${entry} PROPERTIES TIMEOUT ${arg_TIMEOUT}
                         ENVIRONMENT "${HAMMERSCALE_MPI_ENVIRONMENT};${arg_ENVIRONMENT}")
  endforeach()
endfunction()
