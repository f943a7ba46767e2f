#include "dataset/hdf5_open.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <unistd.h>

#include "hammerscale/base/error.hpp"

namespace hammerscale {

Hdf5Handle open_hdf5_file(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw UserError(ErrorCode::kFileNotFound, "file does not exist", {{"path", path}});
  }
  if (std::filesystem::is_directory(path, ignored)) {
    throw UserError(ErrorCode::kInput, "a folder is not an HDF5 file", {{"path", path}});
  }
  if (::access(path.c_str(), R_OK) != 0) {
    throw UserError(ErrorCode::kPermission, "file may not be read", {{"path", path}});
  }
  Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!file) { throw UserError(ErrorCode::kInput, "file is not a readable HDF5 file", {{"path", path}}); }
  return file;
}

Hdf5Handle open_hdf5_dataset(const Hdf5Handle& file, const std::string& path, const std::string& name) {
  Hdf5Handle dataset(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
  if (!dataset) {
    throw UserError(ErrorCode::kInput, "no such dataset in the HDF5 file", {{"path", path}, {"dataset", name}});
  }
  return dataset;
}

void require_hdf5_output(const std::string& path, bool overwrite) {
  std::error_code ignored;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!overwrite && std::filesystem::exists(path, ignored)) {
    throw UserError(ErrorCode::kFileExists, "output exists", {{"path", path}});
  }
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    throw UserError(ErrorCode::kFileNotFound, "folder of the output does not exist", {{"path", path}});
  }
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK) != 0) {
    throw UserError(ErrorCode::kPermission, "folder of the output may not be written", {{"path", path}});
  }
}

std::string temporary_hdf5_name(const std::string& path) {
  const std::filesystem::path target(path);
  std::string name = ".";
  name += target.filename().string();
  name += ".tmp";
  return (target.parent_path() / name).string();
}

void rename_hdf5_file(const std::string& temporary, const std::string& path) {
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    throw ResourceError(ErrorCode::kOutput, "HDF5 file cannot be given its name",
                        {{"path", path}, {"reason", std::generic_category().message(errno)}});
  }
}

}  // namespace hammerscale
