#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/even_split.hpp"
#include "hammerscale/dataset/hdf5_files.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "hammerscale/mllib/feature_table.hpp"
#include "src/line_table.hpp"

namespace hammerscale::mllib {
namespace {

/// Numbers that one call of HDF5 reads.
constexpr std::uint64_t kNumbersAtOnce = std::uint64_t{1} << 19;

/// One file: its matrix, and label and weight where they are datasets of their own.
struct Hdf5TableFile {
  Hdf5Source matrix;
  std::vector<Hdf5Source> vectors;  ///< Columns behind the matrix's.
};

struct Hdf5TableInput {
  std::vector<Hdf5TableFile> files;
  NumberColumns numbers;
};

/// Rows of one file that one task reads.
struct RowRange {
  std::uint32_t file = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

std::string column_name(std::uint32_t position) { return "_c" + std::to_string(position); }

[[noreturn]] void throw_bad_row(const Hdf5Source& source, std::uint64_t row, const BadCell& bad) {
  std::vector<ErrorField> fields = {{"path", source.path}, {"dataset", source.dataset}, {"row", std::to_string(row)}};
  fields.insert(fields.end(), bad.fields.begin(), bad.fields.end());
  throw UserError(bad.code, bad.sentence, std::move(fields));
}

/// Calls take(row) for each row of a range, matrix and vectors side by side, until that returns false.
template <typename Take>
void read_range(const Hdf5TableFile& file, const RowRange& range, const Take& take) {
  const auto d = file.matrix.row_length;
  const auto width = d + file.vectors.size();
  Hdf5SlabReader matrix(file.matrix, Hdf5Type::kFloat64);
  std::vector<std::unique_ptr<Hdf5SlabReader>> vectors;
  for (const auto& source : file.vectors) {
    vectors.push_back(std::make_unique<Hdf5SlabReader>(source, Hdf5Type::kFloat64));
  }
  const auto rows_at_once = std::max<std::uint64_t>(1, kNumbersAtOnce / width);
  std::vector<double> block;
  std::vector<std::vector<double>> beside(vectors.size());
  std::vector<double> row(width);
  for (auto begin = range.begin; begin < range.end; begin += rows_at_once) {
    const auto count = std::min(rows_at_once, range.end - begin);
    block.resize(count * d);
    matrix.read(begin, count, block.data());
    for (std::size_t v = 0; v < vectors.size(); ++v) {
      beside[v].resize(count);
      vectors[v]->read(begin, count, beside[v].data());
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(i * d), d, row.begin());
      for (std::size_t v = 0; v < vectors.size(); ++v) { row[d + v] = beside[v][i]; }
      if (!take(begin + i, row)) { return; }
    }
  }
}

/// Makes rows of a range. @return false  a row is bad: its number, and what is wrong.
template <typename Take>
bool make_rows(const Hdf5TableInput& input, const RowRange& range, bool wants_cells, std::uint64_t& bad_row,
               BadCell& bad, const Take& take) {
  const auto& file = input.files[range.file];
  TableRow made;
  bool good = true;
  read_range(file, range, [&](std::uint64_t number, const std::vector<double>& row) {
    made.numbers.clear();
    for (const auto position : input.numbers.positions) { made.numbers.push_back(row[position]); }
    const auto name = [&](std::uint32_t position) {
      const auto d = file.matrix.row_length;
      return position < d ? column_name(position) : file.vectors[position - d].dataset;
    };
    if (!check_numbers(input.numbers, made.numbers, name, bad)) {
      bad_row = number;
      good = false;
      return false;
    }
    made.cells.clear();
    if (wants_cells) {
      for (const double value : row) { append_text(made.cells.emplace_back(), value); }
    }
    return take(made);
  });
  return good;
}

template <typename Element>
void emit_range(const Hdf5TableInput& input, const RowRange& range, Emitter<Element>& emit) {
  std::uint64_t bad_row = 0;
  BadCell bad;
  constexpr bool kWantsCells = std::same_as<Element, TableRow>;
  const bool good = make_rows(input, range, kWantsCells, bad_row, bad, [&](const TableRow& row) {
    if constexpr (kWantsCells) {
      return emit(row);
    } else {
      return emit(row.numbers);
    }
  });
  if (!good) { throw_bad_line(bad, bad_row); }
}

/// The first bad row of a range.
struct BadRow {
  bool is_bad = false;
  std::uint32_t file = 0;
  std::uint64_t row = 0;
  BadCell bad;
};

BadRow find_bad_row(const Hdf5TableInput& input, const RowRange& range) {
  BadRow found;
  found.file = range.file;
  found.is_bad = !make_rows(input, range, false, found.row, found.bad, [](const TableRow&) { return true; });
  return found;
}

class Hdf5Table final : public TableSource {
 public:
  Hdf5Table(const Session& session, Hdf5TableInput input, const std::optional<std::uint32_t>& num_partitions)
      : input_(std::move(input)), ranges_(cut(session, input_.files, num_partitions)) {}

  [[nodiscard]] Dataset<std::vector<double>> numbers() const override { return make<std::vector<double>>(); }
  [[nodiscard]] Dataset<TableRow> rows() const override { return make<TableRow>(); }
  void explain() const override {
    const auto found_rows = ranges_.map(hammerscale::bind(
        input_, [](const Hdf5TableInput& input, const RowRange& range) { return find_bad_row(input, range); }));
    for (const auto& found : found_rows.collect()) {
      if (found.is_bad) { throw_bad_row(input_.files[found.file].matrix, found.row, found.bad); }
    }
  }

 private:
  static Dataset<RowRange> cut(const Session& session, const std::vector<Hdf5TableFile>& files,
                               const std::optional<std::uint32_t>& num_partitions) {
    const auto wanted = num_partitions.value_or(session.default_partitions());
    std::uint64_t total = 0;
    for (const auto& file : files) { total += file.matrix.num_rows; }
    std::vector<RowRange> ranges;
    for (std::uint32_t f = 0; f < files.size(); ++f) {
      const auto num_rows = files[f].matrix.num_rows;
      const auto share = std::max<std::uint64_t>(1, total == 0 ? 1 : num_rows * wanted / total);
      for (std::uint64_t part = 0; part < share; ++part) {
        ranges.push_back(
            {f, even_split_begin(num_rows, static_cast<std::uint32_t>(share), static_cast<std::uint32_t>(part)),
             even_split_begin(num_rows, static_cast<std::uint32_t>(share), static_cast<std::uint32_t>(part + 1))});
      }
    }
    const auto count = static_cast<std::uint32_t>(ranges.size());
    return session.parallelize(std::move(ranges), count);
  }

  template <typename Element>
  Dataset<Element> make() const {
    return ranges_.template map_partitions<Element>(hammerscale::bind(
        input_, [](const Hdf5TableInput& input, PartitionRows<RowRange>& ranges, Emitter<Element>& emit) {
          ranges.for_each([&](const RowRange& range) { emit_range(input, range, emit); });
        }));
  }

  Hdf5TableInput input_;
  Dataset<RowRange> ranges_;
};

/// Whether a label or weight is a dataset of its own.
bool is_dataset(const std::string& name) { return name.starts_with('/'); }

Hdf5TableFile open_table(const FeatureTableRequest& request, const std::string& input) {
  Hdf5TableFile file;
  file.matrix = find_hdf5_dataset(input, Hdf5Type::kFloat64, true);
  std::vector<std::string> names;
  if (is_dataset(request.label)) { names.push_back(request.label); }
  if (is_dataset(request.weight)) { names.push_back(request.weight); }
  for (const auto& name : names) {
    file.vectors.push_back(find_hdf5_dataset(file.matrix.path + ":" + name, Hdf5Type::kFloat64, false));
    file.vectors.back().dataset = name;
    if (file.vectors.back().num_rows != file.matrix.num_rows) {
      throw UserError(ErrorCode::kMalformedInput, "the dataset has another number of rows than the features",
                      {{"path", file.matrix.path},
                       {"dataset", name},
                       {"rows", std::to_string(file.vectors.back().num_rows)},
                       {"wanted", std::to_string(file.matrix.num_rows)}});
    }
  }
  return file;
}

}  // namespace

FeatureTable read_hdf5_table(const Session& session, const FeatureTableRequest& request,
                             const std::vector<std::string>& files) {
  Hdf5TableInput input;
  for (const auto& path : files) {
    input.files.push_back(open_table(request, path));
    const auto& matrix = input.files.back().matrix;
    if (matrix.row_length != input.files[0].matrix.row_length) {
      throw UserError(ErrorCode::kMalformedInput, "the inputs have different numbers of columns",
                      {{"path", matrix.path}, {"columns", std::to_string(matrix.row_length)}});
    }
  }
  const auto& first = input.files[0];
  std::vector<ColumnDescription> columns;
  for (std::uint32_t i = 0; i < first.matrix.row_length; ++i) { columns.push_back({column_name(i), true}); }
  for (const auto& vector : first.vectors) { columns.push_back({vector.dataset, true}); }

  auto wanted = request;
  if (request.features_of_model) {
    // Columns of a matrix have no names: those of the model count if they are positions here, else only their number.
    const bool by_position =
        std::all_of(request.features.begin(), request.features.end(), [&](const std::string& name) {
          return std::any_of(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; });
        });
    if (!by_position) {
      wanted.features.clear();
      const auto free = find_number_columns(wanted, columns, first.matrix.path).num_features;
      if (free != request.features.size()) {
        throw UserError(ErrorCode::kUnknownColumn, "the model was made for other features",
                        {{"path", first.matrix.path},
                         {"columns", std::to_string(free)},
                         {"features", std::to_string(request.features.size())}});
      }
    }
  }
  input.numbers = find_number_columns(wanted, columns, first.matrix.path);
  auto numbers = input.numbers;
  auto source = std::make_shared<Hdf5Table>(session, std::move(input), request.num_partitions);
  return {std::move(columns), std::move(numbers), std::move(source)};
}

}  // namespace hammerscale::mllib
