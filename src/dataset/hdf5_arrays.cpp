#include "hammerscale/dataset/hdf5_arrays.hpp"

#include <numeric>

#include <unistd.h>

#include "dataset/hdf5_open.hpp"
#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale {

struct Hdf5ArrayWriter::State {
  std::string path;
  std::string temporary;
  Hdf5Handle file;
  bool committed = false;

  void put(const std::string& name, hid_t type, const void* values, std::uint64_t num_values,
           const std::vector<std::uint64_t>& extents) {
    HS_CHECK(num_values == std::accumulate(extents.begin(), extents.end(), std::uint64_t{1}, std::multiplies<>{}));
    const auto lock = lock_hdf5();
    const std::vector<hsize_t> dimensions(extents.begin(), extents.end());
    const Hdf5Handle space(extents.empty()
                               ? H5Screate(H5S_SCALAR)
                               : H5Screate_simple(static_cast<int>(extents.size()), dimensions.data(), nullptr),
                           H5Sclose);
    const Hdf5Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
    H5Pset_create_intermediate_group(links.get(), 1);
    const Hdf5Handle dataset(
        H5Dcreate2(file.get(), name.c_str(), type, space.get(), links.get(), H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
    if (!dataset || (num_values > 0 && H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)) {
      throw ResourceError(ErrorCode::kOutput, "array cannot be written to the HDF5 file",
                          {{"path", path}, {"dataset", name}});
    }
  }
};

Hdf5ArrayWriter::Hdf5ArrayWriter(const std::string& path, bool overwrite) : state_(std::make_unique<State>()) {
  require_hdf5_output(path, overwrite);
  state_->path = path;
  state_->temporary = temporary_hdf5_name(path);
  const auto lock = lock_hdf5();
  state_->file = Hdf5Handle(H5Fcreate(state_->temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  if (!state_->file) { throw UserError(ErrorCode::kOutput, "HDF5 file cannot be made", {{"path", path}}); }
}

Hdf5ArrayWriter::~Hdf5ArrayWriter() {
  const auto lock = lock_hdf5();
  state_->file.reset();
  if (!state_->committed) { ::unlink(state_->temporary.c_str()); }
}

void Hdf5ArrayWriter::put(const std::string& name, std::span<const double> values,
                          const std::vector<std::uint64_t>& extents) {
  state_->put(name, H5T_NATIVE_DOUBLE, values.data(), values.size(), extents);
}

void Hdf5ArrayWriter::put(const std::string& name, std::span<const std::int64_t> values,
                          const std::vector<std::uint64_t>& extents) {
  state_->put(name, H5T_NATIVE_INT64, values.data(), values.size(), extents);
}

void Hdf5ArrayWriter::put_text(const std::string& name, const std::string& text) {
  // Bytes in an array of one dimension: any length, and any content.
  state_->put(name, H5T_NATIVE_UINT8, text.data(), text.size(), {text.size()});
}

void Hdf5ArrayWriter::commit() {
  const auto lock = lock_hdf5();
  if (state_->file.reset() < 0) {
    throw ResourceError(ErrorCode::kOutput, "HDF5 file cannot be completed", {{"path", state_->path}});
  }
  rename_hdf5_file(state_->temporary, state_->path);
  state_->committed = true;
}

struct Hdf5ArrayReader::State {
  std::string path;
  Hdf5Handle file;

  template <typename T>
  Hdf5Array<T> get(const std::string& name, hid_t type, H5T_class_t wanted) const {
    const auto lock = lock_hdf5();
    const auto dataset = open_hdf5_dataset(file, path, name);
    const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose);
    const Hdf5Handle file_type(H5Dget_type(dataset.get()), H5Tclose);
    const int num_dimensions = H5Sget_simple_extent_ndims(space.get());
    if (H5Tget_class(file_type.get()) != wanted || num_dimensions < 0) {
      throw UserError(ErrorCode::kInput, "the HDF5 dataset is of another type", {{"path", path}, {"dataset", name}});
    }
    std::vector<hsize_t> dimensions(static_cast<std::size_t>(num_dimensions));
    H5Sget_simple_extent_dims(space.get(), dimensions.data(), nullptr);
    Hdf5Array<T> array;
    array.extents.assign(dimensions.begin(), dimensions.end());
    array.values.resize(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
    if (!array.values.empty() && H5Dread(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data()) < 0) {
      throw UserError(ErrorCode::kInput, "the HDF5 dataset cannot be read", {{"path", path}, {"dataset", name}});
    }
    return array;
  }
};

Hdf5ArrayReader::Hdf5ArrayReader(const std::string& path) : state_(std::make_unique<State>()) {
  const auto lock = lock_hdf5();
  state_->path = path;
  state_->file = open_hdf5_file(path);
}

Hdf5ArrayReader::~Hdf5ArrayReader() {
  const auto lock = lock_hdf5();
  state_.reset();
}

bool Hdf5ArrayReader::has(const std::string& name) const {
  const auto lock = lock_hdf5();
  // H5Lexists wants every group on the way to exist, so each is asked in turn.
  for (auto slash = name.find('/', 1); slash != std::string::npos; slash = name.find('/', slash + 1)) {
    if (H5Lexists(state_->file.get(), name.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) { return false; }
  }
  return H5Lexists(state_->file.get(), name.c_str(), H5P_DEFAULT) > 0;
}

Hdf5Array<double> Hdf5ArrayReader::doubles(const std::string& name) const {
  return state_->get<double>(name, H5T_NATIVE_DOUBLE, H5T_FLOAT);
}

Hdf5Array<std::int64_t> Hdf5ArrayReader::integers(const std::string& name) const {
  return state_->get<std::int64_t>(name, H5T_NATIVE_INT64, H5T_INTEGER);
}

double Hdf5ArrayReader::number(const std::string& name) const {
  const auto array = doubles(name);
  if (array.values.size() != 1) {
    throw UserError(ErrorCode::kInput, "the HDF5 dataset is not one number",
                    {{"path", state_->path}, {"dataset", name}});
  }
  return array.values[0];
}

std::string Hdf5ArrayReader::text(const std::string& name) const {
  const auto array = state_->get<std::uint8_t>(name, H5T_NATIVE_UINT8, H5T_INTEGER);
  return {array.values.begin(), array.values.end()};
}

}  // namespace hammerscale
