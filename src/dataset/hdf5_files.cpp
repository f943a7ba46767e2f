#include "hammerscale/dataset/hdf5_files.hpp"

#include <unistd.h>

#include "dataset/hdf5_open.hpp"
#include "hammerscale/comm/hdf5_access.hpp"

namespace hammerscale {
namespace {

hid_t native_type(Hdf5Type type) {
  switch (type) {
    case Hdf5Type::kFloat32: return H5T_NATIVE_FLOAT;
    case Hdf5Type::kFloat64: return H5T_NATIVE_DOUBLE;
    case Hdf5Type::kInt32: return H5T_NATIVE_INT32;
    case Hdf5Type::kInt64: return H5T_NATIVE_INT64;
    case Hdf5Type::kUint8: return H5T_NATIVE_UINT8;
    case Hdf5Type::kUint32: return H5T_NATIVE_UINT32;
    case Hdf5Type::kUint64: return H5T_NATIVE_UINT64;
  }
  throw InternalError("unknown type of HDF5 numbers");
}

[[noreturn]] void throw_input(const char* reason, const std::string& path, const std::string& dataset = {}) {
  std::vector<ErrorField> fields = {{"path", path}};
  if (!dataset.empty()) { fields.emplace_back("dataset", dataset); }
  throw UserError(ErrorCode::kInput, reason, std::move(fields));
}

std::vector<std::string> dataset_names(const Hdf5Handle& file) {
  std::vector<std::string> names;
  const auto note = [](hid_t, const char* name, const H5O_info_t* info, void* target) -> herr_t {
    if (info->type == H5O_TYPE_DATASET) { static_cast<std::vector<std::string>*>(target)->emplace_back(name); }
    return 0;
  };
  H5Ovisit2(file.get(), H5_INDEX_NAME, H5_ITER_INC, note, &names, H5O_INFO_BASIC);
  return names;
}

std::string only_dataset(const Hdf5Handle& file, const std::string& path) {
  auto names = dataset_names(file);
  if (names.empty()) { throw_input("the HDF5 file holds no dataset", path); }
  if (names.size() == 1) { return names[0]; }
  std::string listed;
  for (const auto& name : names) {
    listed += listed.empty() ? "/" : " /";
    listed += name;
  }
  throw UserError(ErrorCode::kInput, "the HDF5 file holds several datasets: name one as FILE:/DATASET",
                  {{"path", path}, {"datasets", listed}});
}

/// "a.h5:/x" as ("a.h5", "/x"). A colon that no slash follows belongs to the path.
std::pair<std::string, std::string> split_input(const std::string& input) {
  const auto colon = input.find(":/");
  if (colon == std::string::npos || colon == 0) { return {input, {}}; }
  return {input.substr(0, colon), input.substr(colon + 1)};
}

// Whether all values of the file's type fit the memory type but for rounding to floating point.
bool converts(const Hdf5Handle& file_type, Hdf5Type type) {
  const auto file_class = H5Tget_class(file_type.get());
  const hid_t wanted = native_type(type);
  if (H5Tget_class(wanted) == H5T_FLOAT) { return file_class == H5T_FLOAT || file_class == H5T_INTEGER; }
  if (file_class != H5T_INTEGER) { return false; }
  const bool file_signed = H5Tget_sign(file_type.get()) == H5T_SGN_2;
  const bool wanted_signed = H5Tget_sign(wanted) == H5T_SGN_2;
  const auto file_bits = H5Tget_precision(file_type.get());
  const auto wanted_bits = H5Tget_precision(wanted);
  if (file_signed == wanted_signed) { return file_bits <= wanted_bits; }
  return wanted_signed && file_bits < wanted_bits;
}

ErrorInfo output_error(const char* reason, const std::string& path, const std::string& detail) {
  return ResourceError(ErrorCode::kOutput, reason, {{"path", path}, {"reason", detail}}).info();
}

}  // namespace

Hdf5Source find_hdf5_dataset(const std::string& input, Hdf5Type type, bool is_matrix) {
  auto [path, name] = split_input(input);
  const auto lock = lock_hdf5();
  const auto file = open_hdf5_file(path);
  if (name.empty()) { name = only_dataset(file, path); }
  const auto dataset = open_hdf5_dataset(file, path, name);
  const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose);
  const Hdf5Handle file_type(H5Dget_type(dataset.get()), H5Tclose);
  if (!space || !file_type) { throw_input("the dataset's shape cannot be read", path, name); }
  if (!converts(file_type, type)) {
    throw UserError(ErrorCode::kTypeMismatch,
                    "the dataset's values are of a type that does not fit what they are read as",
                    {{"path", path}, {"dataset", name}});
  }
  const int num_dimensions = H5Sget_simple_extent_ndims(space.get());
  const int wanted = is_matrix ? 2 : 1;
  if (num_dimensions != wanted) {
    throw UserError(ErrorCode::kInput, "the dataset has another number of dimensions",
                    {{"path", path},
                     {"dataset", name},
                     {"dimensions", std::to_string(num_dimensions)},
                     {"wanted", std::to_string(wanted)}});
  }
  hsize_t extent[2] = {0, 1};
  H5Sget_simple_extent_dims(space.get(), extent, nullptr);
  return {path, name, extent[0], is_matrix ? extent[1] : 1};
}

struct Hdf5SlabReader::Handles {
  Hdf5Source source;
  hid_t memory_type = -1;
  Hdf5Handle file;
  Hdf5Handle dataset;
};

Hdf5SlabReader::Hdf5SlabReader(const Hdf5Source& source, Hdf5Type type) : handles_(std::make_unique<Handles>()) {
  const auto lock = lock_hdf5();
  handles_->source = source;
  handles_->memory_type = native_type(type);
  handles_->file = open_hdf5_file(source.path);
  handles_->dataset = open_hdf5_dataset(handles_->file, source.path, source.dataset);
}

Hdf5SlabReader::~Hdf5SlabReader() {
  const auto lock = lock_hdf5();
  handles_.reset();
}

void Hdf5SlabReader::read(std::uint64_t first_row, std::uint64_t num_rows, void* out) {
  const auto lock = lock_hdf5();
  const auto& source = handles_->source;
  const Hdf5Handle space(H5Dget_space(handles_->dataset.get()), H5Sclose);
  const hsize_t begin[2] = {first_row, 0};
  const hsize_t count[2] = {num_rows, source.row_length};
  const int num_dimensions = H5Sget_simple_extent_ndims(space.get());
  const Hdf5Handle memory(H5Screate_simple(num_dimensions, count, nullptr), H5Sclose);
  if (H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, begin, nullptr, count, nullptr) < 0 ||
      H5Dread(handles_->dataset.get(), handles_->memory_type, memory.get(), space.get(), H5P_DEFAULT, out) < 0) {
    throw UserError(ErrorCode::kInput, "rows of the HDF5 dataset cannot be read",
                    {{"path", source.path}, {"dataset", source.dataset}, {"row", std::to_string(first_row)}});
  }
}

struct Hdf5SlabWriter::State {
  comm::Communicator& comm;
  std::string path;
  std::string temporary;
  hid_t memory_type;
  bool is_matrix;
  std::uint64_t row_length;
  Hdf5Handle file;
  Hdf5Handle dataset;
  Hdf5Handle transfer;
  std::optional<ErrorInfo> failure;
  bool closed = false;

  void open(const std::string& name, std::uint64_t num_rows) {
    const auto lock = lock_hdf5();
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    transfer = Hdf5Handle(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
    if (comm.size() > 1) {
      comm::set_parallel_access(access.get(), comm);
      if (H5Pget_driver(access.get()) == H5FD_MPIO) { H5Pset_dxpl_mpio(transfer.get(), H5FD_MPIO_COLLECTIVE); }
    }
    file = Hdf5Handle(H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose);
    if (!file) {
      failure = output_error("HDF5 file cannot be made", path, "HDF5 refused it");
      return;
    }
    const hsize_t extent[2] = {num_rows, row_length};
    const Hdf5Handle space(H5Screate_simple(is_matrix ? 2 : 1, extent, nullptr), H5Sclose);
    const Hdf5Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
    H5Pset_create_intermediate_group(links.get(), 1);
    dataset = Hdf5Handle(
        H5Dcreate2(file.get(), name.c_str(), memory_type, space.get(), links.get(), H5P_DEFAULT, H5P_DEFAULT),
        H5Dclose);
    if (!dataset) { failure = output_error("HDF5 dataset cannot be made", path, "dataset " + name); }
  }
};

Hdf5SlabWriter::Hdf5SlabWriter(comm::Communicator& comm, const std::string& path, const std::string& dataset,
                               Hdf5Type type, bool is_matrix, std::uint64_t num_rows, std::uint64_t row_length)
    : state_(new State{
          comm, path, temporary_hdf5_name(path), native_type(type), is_matrix, row_length, {}, {}, {}, {}, false}) {
  // Rank 0 looks first: a refusal inside the collective open would not name the reason.
  std::optional<ErrorInfo> refused;
  if (comm.rank().value == 0) {
    try {
      if (dataset.empty()) {
        throw UserError(ErrorCode::kInvalidArgument, "an HDF5 dataset needs a name", {{"path", path}});
      }
      require_hdf5_output(path, false);
    } catch (const Error& error) { refused = error.info(); }
  }
  comm.require_all_ok(refused, "make HDF5 file");
  state_->open(dataset, num_rows);
  comm.require_all_ok(state_->failure, "make HDF5 file");
}

Hdf5SlabWriter::~Hdf5SlabWriter() {
  const auto lock = lock_hdf5();
  state_->dataset.reset();
  state_->transfer.reset();
  state_->file.reset();
  if (!state_->closed && state_->comm.rank().value == 0) { ::unlink(state_->temporary.c_str()); }
}

void Hdf5SlabWriter::write(std::uint64_t first_row, std::uint64_t num_rows, const void* numbers) {
  const auto lock = lock_hdf5();
  const Hdf5Handle space(H5Dget_space(state_->dataset.get()), H5Sclose);
  const hsize_t begin[2] = {first_row, 0};
  const hsize_t count[2] = {num_rows, state_->row_length};
  const Hdf5Handle memory(H5Screate_simple(state_->is_matrix ? 2 : 1, count, nullptr), H5Sclose);
  herr_t selected = 0;
  if (num_rows > 0) {
    selected = H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, begin, nullptr, count, nullptr);
  } else {
    selected = H5Sselect_none(space.get());
    H5Sselect_none(memory.get());
  }
  const auto written =
      H5Dwrite(state_->dataset.get(), state_->memory_type, memory.get(), space.get(), state_->transfer.get(), numbers);
  if ((selected < 0 || written < 0) && !state_->failure) {
    state_->failure =
        output_error("rows cannot be written to the HDF5 file", state_->path, "rows from " + std::to_string(first_row));
  }
}

void Hdf5SlabWriter::close() {
  {
    const auto lock = lock_hdf5();
    const bool ended = state_->dataset.reset() >= 0 && state_->file.reset() >= 0;
    if (!ended && !state_->failure) {
      state_->failure = output_error("HDF5 file cannot be completed", state_->path, "closing it failed");
    }
  }
  state_->comm.require_all_ok(state_->failure, "write HDF5 file");
  std::optional<ErrorInfo> refused;
  if (state_->comm.rank().value == 0) {
    try {
      rename_hdf5_file(state_->temporary, state_->path);
    } catch (const Error& error) { refused = error.info(); }
  }
  state_->comm.require_all_ok(refused, "rename HDF5 file");
  state_->closed = true;
}

}  // namespace hammerscale
