# Makes the installed tree a CMake package that outside programs find with find_package(hammerscale). Included last, when
# all libraries exist; hammerscale_add_library has put each into the export set.
include(CMakePackageConfigHelpers)

set(hammerscale_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/hammerscale)
if(BUILD_SHARED_LIBS)
  set(BUILD_SHARED_LIBS ON)
else()
  set(BUILD_SHARED_LIBS OFF)
endif()
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/hammerscaleConfig.cmake.in
  ${PROJECT_BINARY_DIR}/hammerscaleConfig.cmake INSTALL_DESTINATION ${hammerscale_package_dir})
# Before 1.0 a minor version may break programs.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/hammerscaleConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/hammerscaleConfig.cmake ${PROJECT_BINARY_DIR}/hammerscaleConfigVersion.cmake
  DESTINATION ${hammerscale_package_dir})
install(EXPORT hammerscaleTargets NAMESPACE hammerscale:: DESTINATION ${hammerscale_package_dir})

if(TARGET hammerscale)
  install(TARGETS hammerscale RUNTIME)
endif()
install(DIRECTORY slurm/ DESTINATION ${CMAKE_INSTALL_DATADIR}/hammerscale/slurm USE_SOURCE_PERMISSIONS)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
