#pragma once

#include <string>

#include "dataset/hdf5_handle.hpp"

namespace hammerscale {

/// Opens a file to read on this rank alone, with the default driver. Under lock_hdf5().
/// @throws UserError kFileNotFound, kPermission, kInput  naming the path.
Hdf5Handle open_hdf5_file(const std::string& path);

/// Opens one dataset of it. Under lock_hdf5().
/// @throws UserError kInput  it is not there.
Hdf5Handle open_hdf5_dataset(const Hdf5Handle& file, const std::string& path, const std::string& name);

/// Looks whether a new file may be made.
/// @throws UserError kFileExists, kFileNotFound (the folder), kPermission.
void require_hdf5_output(const std::string& path, bool overwrite);

/// "folder/file.h5" to "folder/.file.h5.tmp": hidden, in the same folder, so that the rename is atomic.
std::string temporary_hdf5_name(const std::string& path);

/// Gives the finished file its name. @throws ResourceError kOutput
void rename_hdf5_file(const std::string& temporary, const std::string& path);

}  // namespace hammerscale
