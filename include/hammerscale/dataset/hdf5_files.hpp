#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <source_location>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/even_split.hpp"
#include "hammerscale/dataset/gang_rows.hpp"
#include "hammerscale/dataset/global_rows.hpp"
#include "hammerscale/dataset/operator.hpp"
#include "hammerscale/dataset/session.hpp"

namespace hammerscale {

/// Types of numbers that HDF5 datasets are read as and written in.
enum class Hdf5Type : std::uint8_t { kFloat32, kFloat64, kInt32, kInt64, kUint8, kUint32, kUint64 };

template <typename T>
concept Hdf5Number = std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, std::int32_t> ||
    std::same_as<T, std::int64_t> || std::same_as<T, std::uint8_t> || std::same_as<T, std::uint32_t> ||
    std::same_as<T, std::uint64_t>;

template <Hdf5Number T>
constexpr Hdf5Type hdf5_type() noexcept {
  if constexpr (std::same_as<T, float>) { return Hdf5Type::kFloat32; }
  if constexpr (std::same_as<T, double>) { return Hdf5Type::kFloat64; }
  if constexpr (std::same_as<T, std::int32_t>) { return Hdf5Type::kInt32; }
  if constexpr (std::same_as<T, std::int64_t>) { return Hdf5Type::kInt64; }
  if constexpr (std::same_as<T, std::uint8_t>) { return Hdf5Type::kUint8; }
  if constexpr (std::same_as<T, std::uint32_t>) { return Hdf5Type::kUint32; }
  return Hdf5Type::kUint64;
}

/// How an element lies in an HDF5 dataset. A number is an entry of a dataset of one dimension, n; a vector or array of
/// numbers is a row of one of two, n x d.
template <typename T>
struct Hdf5Element;

template <Hdf5Number T>
struct Hdf5Element<T> {
  using Number = T;
  static constexpr bool kIsRow = false;
  static std::size_t length(const T&) noexcept { return 1; }
  static bool accepts(std::uint64_t) noexcept { return true; }
  static void append(const T& element, std::vector<T>& out) { out.push_back(element); }
  static T make(std::span<const T> numbers) noexcept { return numbers[0]; }
};

template <Hdf5Number T>
struct Hdf5Element<std::vector<T>> {
  using Number = T;
  static constexpr bool kIsRow = true;
  static std::size_t length(const std::vector<T>& row) noexcept { return row.size(); }
  static bool accepts(std::uint64_t) noexcept { return true; }
  static void append(const std::vector<T>& row, std::vector<T>& out) { out.insert(out.end(), row.begin(), row.end()); }
  static std::vector<T> make(std::span<const T> numbers) { return {numbers.begin(), numbers.end()}; }
};

template <Hdf5Number T, std::size_t d>
struct Hdf5Element<std::array<T, d>> {
  using Number = T;
  static constexpr bool kIsRow = true;
  static std::size_t length(const std::array<T, d>&) noexcept { return d; }
  static bool accepts(std::uint64_t row_length) noexcept { return row_length == d; }
  static void append(const std::array<T, d>& row, std::vector<T>& out) {
    out.insert(out.end(), row.begin(), row.end());
  }
  static std::array<T, d> make(std::span<const T> numbers) {
    std::array<T, d> row;
    std::copy(numbers.begin(), numbers.end(), row.begin());
    return row;
  }
};

/// One dataset of an HDF5 file: num_rows numbers, or num_rows rows of row_length numbers.
struct Hdf5Source {
  std::string path;
  std::string dataset;
  std::uint64_t num_rows = 0;
  std::uint64_t row_length = 1;
};

/// Looks a dataset up. `input` is "file.h5:/path/of/dataset", or "file.h5" when there is only one in the file.
///
/// @param is_matrix  whether two dimensions are wanted, else one.
/// @throws UserError kFileNotFound; kInput  no HDF5 file, no such dataset, several (they are listed), wrong dimensions;
///         kTypeMismatch  its numbers do not fit `type`: floating point into integers, or a wider range of integers.
Hdf5Source find_hdf5_dataset(const std::string& input, Hdf5Type type, bool is_matrix);

/// Reads rows of one dataset. Any thread; one thread at a time is inside HDF5, which has one lock for all.
class Hdf5SlabReader {
 public:
  /// @throws UserError kFileNotFound, kInput  naming the path.
  Hdf5SlabReader(const Hdf5Source& source, Hdf5Type type);
  ~Hdf5SlabReader();
  Hdf5SlabReader(const Hdf5SlabReader&) = delete;
  Hdf5SlabReader& operator=(const Hdf5SlabReader&) = delete;

  /// Fills `out` with rows [first_row, first_row + num_rows), one after another, of the type given at construction.
  void read(std::uint64_t first_row, std::uint64_t num_rows, void* out);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

/// Writes one dataset to a new HDF5 file, all ranks of a communicator together; the file appears under its name when
/// close() has succeeded on all ranks. Every method is collective.
class Hdf5SlabWriter {
 public:
  /// @param is_matrix  n x d, else n.
  /// @throws UserError kFileExists, kOutput  on all ranks alike.
  Hdf5SlabWriter(comm::Communicator& comm, const std::string& path, const std::string& dataset, Hdf5Type type,
                 bool is_matrix, std::uint64_t num_rows, std::uint64_t row_length);
  /// Removes the unfinished file.
  ~Hdf5SlabWriter();
  Hdf5SlabWriter(const Hdf5SlabWriter&) = delete;
  Hdf5SlabWriter& operator=(const Hdf5SlabWriter&) = delete;

  /// Writes this rank's rows [first_row, first_row + num_rows); num_rows may be 0. A failure is kept for close().
  void write(std::uint64_t first_row, std::uint64_t num_rows, const void* numbers);
  /// @throws ResourceError kOutput, kDiskFull  the first failure of any rank.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

namespace operators {

/// The rows of an HDF5 dataset, split evenly.
template <typename T>
class ReadHdf5 final : public Operator<T> {
 public:
  using Element = T;
  explicit ReadHdf5(const OperatorInit& init)
      : source_(Serde<Hdf5Source>::read(init.params)), num_partitions_(init.node.num_partitions) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    using Number = typename Hdf5Element<T>::Number;
    auto row = even_split_begin(source_.num_rows, num_partitions_, partition);
    const auto end = even_split_begin(source_.num_rows, num_partitions_, partition + 1);
    if (row == end) { return; }
    const auto length = static_cast<std::size_t>(source_.row_length);
    const auto rows_at_once =
        std::max<std::uint64_t>(1, kBytesAtOnce / std::max<std::size_t>(1, length * sizeof(Number)));
    Hdf5SlabReader reader(source_, hdf5_type<Number>());
    std::vector<Number> numbers;
    OutputBlock<T> block(out);
    while (row < end) {
      context.throw_if_cancelled();
      const auto count = std::min(rows_at_once, end - row);
      numbers.resize(count * length);
      reader.read(row, count, numbers.data());
      for (std::uint64_t i = 0; i < count; ++i) {
        if (!block.emplace(Hdf5Element<T>::make(std::span<const Number>(numbers).subspan(i * length, length)))) {
          return;
        }
      }
      row += count;
    }
    block.flush();
  }

 private:
  /// What one call of HDF5 reads: enough to stream from a parallel file system, little enough for every task thread.
  static constexpr std::size_t kBytesAtOnce = std::size_t{4} << 20;

  Hdf5Source source_;
  std::uint32_t num_partitions_;
};

}  // namespace operators

/// The rows of an HDF5 dataset, split evenly; each task reads its own part.
///
/// @tparam T  a number for a dataset of one dimension; std::vector or std::array of numbers for one of two. Numbers are
///            converted where no integer can be lost: float to double, int32 to double, uint8 to int64 and the like.
/// @param input  "file.h5:/path/of/dataset", or "file.h5" for the only dataset in it.
/// @throws UserError kFileNotFound, kInput, kTypeMismatch  with path and reason.
template <typename T>
Dataset<T> read_hdf5(const Session& session, const std::string& input, std::optional<std::uint32_t> num_partitions = {},
                     std::source_location where = std::source_location::current()) {
  using Number = typename Hdf5Element<T>::Number;
  const auto& engine = session.engine();
  const auto count = dataset_detail::choose_partitions(*engine, num_partitions, engine->default_partitions());
  const auto source = find_hdf5_dataset(input, hdf5_type<Number>(), Hdf5Element<T>::kIsRow);
  if (!Hdf5Element<T>::accepts(source.row_length)) {
    throw UserError(
        ErrorCode::kTypeMismatch, "rows of the HDF5 dataset have another length",
        {{"path", source.path}, {"dataset", source.dataset}, {"length", std::to_string(source.row_length)}});
  }
  auto node = make_node<operators::ReadHdf5<T>>(engine, "read_hdf5", count, where);
  append_encoded(node->params, source);
  return {engine, std::move(node)};
}

namespace dataset_detail {

struct WriteHdf5 {
  template <typename T>
  static void run(const std::string& path, const std::string& dataset, GangContext& gang, GangRows<T>& rows) {
    using Traits = Hdf5Element<T>;
    using Number = typename Traits::Number;
    std::vector<std::uint64_t> num_rows;
    for (std::size_t i = 0; i < rows.num_local_partitions(); ++i) { num_rows.push_back(rows.num_elements(i)); }
    const auto global = number_global_rows(gang.comm(), gang.partitions(), num_rows, gang.num_partitions());
    std::vector<std::optional<std::uint64_t>> lengths(num_rows.size());
    for (std::size_t i = 0; i < num_rows.size(); ++i) {
      auto row = global.first_row[i];
      rows.for_each_block(i, [&](BlockSpan<T> elements) {
        for (const T& element : elements) {
          if (!lengths[i]) { lengths[i] = Traits::length(element); }
          if (Traits::length(element) != *lengths[i]) { throw_ragged_row(row, Traits::length(element), *lengths[i]); }
          ++row;
        }
      });
    }
    const auto length = static_cast<std::size_t>(agree_on_row_length(gang.comm(), global.first_row, lengths));

    // All ranks write equally often, because each write is collective; those that are done write nothing.
    const std::uint64_t rows_at_once =
        std::max<std::uint64_t>(1, kBytesAtOnce / std::max<std::size_t>(1, length * sizeof(Number)));
    std::uint64_t my_writes = 0;
    for (const auto count : num_rows) { my_writes += (count + rows_at_once - 1) / rows_at_once; }
    const auto num_writes = gang.comm().all_reduce_max(my_writes);

    Hdf5SlabWriter writer(gang.comm(), path, dataset, hdf5_type<Number>(), Traits::kIsRow, global.num_rows, length);
    std::vector<Number> numbers;
    for (std::size_t i = 0; i < rows.num_local_partitions(); ++i) {
      auto first_row = global.first_row[i];
      std::uint64_t held = 0;
      const auto write = [&] {
        writer.write(first_row, held, numbers.data());
        first_row += held;
        held = 0;
        numbers.clear();
      };
      rows.for_each_block(i, [&](BlockSpan<T> elements) {
        for (const T& element : elements) {
          Traits::append(element, numbers);
          if (++held == rows_at_once) { write(); }
        }
      });
      if (held > 0) { write(); }
    }
    for (auto i = my_writes; i < num_writes; ++i) { writer.write(0, 0, nullptr); }
    writer.close();
  }

  /// What a rank gives to one collective write: below the 2 GiB at which MPI-IO layers begin to break.
  static constexpr std::size_t kBytesAtOnce = std::size_t{64} << 20;
};

}  // namespace dataset_detail

template <typename T>
void Dataset<T>::save_as_hdf5(const std::string& path, const std::string& dataset_name,
                              std::source_location where) const {
  const auto write = hammerscale::bind(
      path, dataset_name,
      [](const std::string& file, const std::string& dataset, GangContext& context, GangRows<T>& rows) {
        dataset_detail::WriteHdf5::run<T>(file, dataset, context, rows);
        return true;
      });
  gang(write, {}, where);
}

}  // namespace hammerscale
