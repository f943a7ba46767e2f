#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hammerscale {

/// An array as an HDF5 file keeps it: extents, slowest first, and the values in that order. No extents: one value.
template <typename T>
struct Hdf5Array {
  std::vector<std::uint64_t> extents;
  std::vector<T> values;
};

/// Writes small arrays and texts, such as a model's, to a new HDF5 file on one rank. The file appears under its name
/// when commit() succeeds; without commit nothing is left.
class Hdf5ArrayWriter {
 public:
  /// @param overwrite  whether an existing file is replaced.
  /// @throws UserError kFileExists, kFileNotFound (the folder), kPermission, kOutput  naming the path.
  explicit Hdf5ArrayWriter(const std::string& path, bool overwrite = false);
  ~Hdf5ArrayWriter();
  Hdf5ArrayWriter(const Hdf5ArrayWriter&) = delete;
  Hdf5ArrayWriter& operator=(const Hdf5ArrayWriter&) = delete;

  /// Names are paths such as "/model/centers"; groups on the way are made.
  /// @throws ResourceError kOutput
  void put(const std::string& name, std::span<const double> values, const std::vector<std::uint64_t>& extents);
  void put(const std::string& name, std::span<const std::int64_t> values, const std::vector<std::uint64_t>& extents);
  void put_number(const std::string& name, double value) { put(name, std::span(&value, 1), {}); }
  void put_text(const std::string& name, const std::string& text);
  /// @throws ResourceError kOutput
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads such a file on one rank.
class Hdf5ArrayReader {
 public:
  /// @throws UserError kFileNotFound, kPermission, kInput  naming the path.
  explicit Hdf5ArrayReader(const std::string& path);
  ~Hdf5ArrayReader();
  Hdf5ArrayReader(const Hdf5ArrayReader&) = delete;
  Hdf5ArrayReader& operator=(const Hdf5ArrayReader&) = delete;

  [[nodiscard]] bool has(const std::string& name) const;
  /// @throws UserError kInput  it is not there or of another type; fields path and dataset.
  [[nodiscard]] Hdf5Array<double> doubles(const std::string& name) const;
  [[nodiscard]] Hdf5Array<std::int64_t> integers(const std::string& name) const;
  [[nodiscard]] double number(const std::string& name) const;
  [[nodiscard]] std::string text(const std::string& name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hammerscale
