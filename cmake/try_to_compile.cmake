# Run with cmake -P by the tests that hammerscale_add_must_not_compile makes.
execute_process(COMMAND ${COMPILER} @${FLAGS} -c ${SOURCE} -o /dev/null
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(OUTCOME STREQUAL PASS)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${SOURCE} must compile, but does not:\n${output}")
  endif()
elseif(result EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiles, but must not")
elseif(NOT output MATCHES "${MESSAGE}")
  message(FATAL_ERROR "${SOURCE} fails to compile, but without a message that matches \"${MESSAGE}\":\n${output}")
endif()
