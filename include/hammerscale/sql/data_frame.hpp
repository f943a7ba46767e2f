#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/sql/column.hpp"
#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/row_struct.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

struct Plan;
class SessionState;
class GroupedData;
class DataFrameNa;
class DataFrameStat;

/// How cells are written as text.
enum class CellText : std::uint8_t {
  kCast,  ///< CAST(x AS STRING).
  kShow,  ///< As show(): NULL inside nested values, binary in hexadecimal.
};

/// A cell's text; none for NULL.
using TextRow = std::vector<std::optional<std::string>>;

/// What explain() shows.
enum class ExplainKind : std::uint8_t { kSimple, kExtended, kFormatted };

/// A query that has not run yet: a plan whose columns and types are known. A handle, cheap to copy; transformations
/// give new ones, and check names and types at once. Lives on the driver; one thread of a session at a time.
///
/// Transformations throw SqlError as Spark's analyzer: UNRESOLVED_COLUMN..., DATATYPE_MISMATCH.... Actions (collect,
/// count, show, ...) run the query, and throw what its functions throw.
class DataFrame {
 public:
  DataFrame(std::shared_ptr<SessionState> session, std::shared_ptr<const Plan> analyzed);

  // ---- Columns
  [[nodiscard]] DataFrame select(const std::vector<Column>& columns) const;
  [[nodiscard]] DataFrame select(const std::vector<std::string>& columns) const;
  [[nodiscard]] DataFrame select_expr(const std::vector<std::string>& expressions) const;
  /// Adds a column, or puts one in place of that of the name.
  [[nodiscard]] DataFrame with_column(std::string_view name, const Column& column) const;
  [[nodiscard]] DataFrame with_columns(const std::vector<std::pair<std::string, Column>>& columns) const;
  /// Nothing changes when there is no such column.
  [[nodiscard]] DataFrame with_column_renamed(std::string_view old_name, std::string_view new_name) const;
  [[nodiscard]] DataFrame with_columns_renamed(const std::vector<std::pair<std::string, std::string>>& names) const;
  [[nodiscard]] DataFrame drop(const std::vector<std::string>& names) const;
  [[nodiscard]] DataFrame to_df(const std::vector<std::string>& names) const;
  [[nodiscard]] DataFrame alias(std::string_view name) const;

  // ---- Rows
  [[nodiscard]] DataFrame filter(const Column& condition) const;
  [[nodiscard]] DataFrame filter(std::string_view condition) const;
  [[nodiscard]] DataFrame where(const Column& condition) const { return filter(condition); }
  [[nodiscard]] DataFrame where(std::string_view condition) const { return filter(condition); }
  [[nodiscard]] DataFrame limit(std::int64_t num_rows) const;
  [[nodiscard]] DataFrame offset(std::int64_t num_rows) const;
  [[nodiscard]] DataFrame distinct() const;
  /// One row for each value of the columns; of all columns when none are named.
  [[nodiscard]] DataFrame drop_duplicates(const std::vector<std::string>& columns = {}) const;
  [[nodiscard]] DataFrame sample(double fraction, std::optional<std::int64_t> seed = {},
                                 bool with_replacement = false) const;
  /// Parts in the proportion of the weights. Each row is in one of them.
  [[nodiscard]] std::vector<DataFrame> random_split(const std::vector<double>& weights, std::int64_t seed) const;

  // ---- Order and partitions
  [[nodiscard]] DataFrame order_by(const std::vector<Column>& orders) const;
  [[nodiscard]] DataFrame order_by(const std::vector<std::string>& columns) const;
  [[nodiscard]] DataFrame sort(const std::vector<Column>& orders) const { return order_by(orders); }
  [[nodiscard]] DataFrame sort_within_partitions(const std::vector<Column>& orders) const;
  [[nodiscard]] DataFrame repartition(std::int32_t num_partitions, const std::vector<Column>& keys = {}) const;
  [[nodiscard]] DataFrame repartition_by_range(std::int32_t num_partitions, const std::vector<Column>& keys) const;
  [[nodiscard]] DataFrame coalesce(std::int32_t num_partitions) const;
  [[nodiscard]] DataFrame hint(std::string_view name, const std::vector<Column>& arguments = {}) const;

  // ---- Groups
  [[nodiscard]] GroupedData group_by(const std::vector<Column>& keys) const;
  [[nodiscard]] GroupedData group_by(const std::vector<std::string>& keys) const;
  [[nodiscard]] GroupedData rollup(const std::vector<Column>& keys) const;
  [[nodiscard]] GroupedData cube(const std::vector<Column>& keys) const;
  [[nodiscard]] DataFrame agg(const std::vector<Column>& aggregates) const;

  // ---- Several frames
  /// @param kind  Spark's: "inner", "cross", "left", "right", "full" (with or without "outer"), "left_semi",
  /// "left_anti".
  [[nodiscard]] DataFrame join(const DataFrame& other, const Column& condition, std::string_view kind = "inner") const;
  /// Equal columns of both sides, which appear once.
  [[nodiscard]] DataFrame join(const DataFrame& other, const std::vector<std::string>& columns,
                               std::string_view kind = "inner") const;
  [[nodiscard]] DataFrame cross_join(const DataFrame& other) const;
  /// By place; repeated rows stay.
  [[nodiscard]] DataFrame union_all(const DataFrame& other) const;
  [[nodiscard]] DataFrame union_by_name(const DataFrame& other, bool allow_missing_columns = false) const;
  [[nodiscard]] DataFrame intersect(const DataFrame& other) const;
  [[nodiscard]] DataFrame intersect_all(const DataFrame& other) const;
  [[nodiscard]] DataFrame subtract(const DataFrame& other) const;
  [[nodiscard]] DataFrame except_all(const DataFrame& other) const;

  // ---- Shape
  /// Columns become rows of two columns: their names and values. `ids` stay beside them.
  [[nodiscard]] DataFrame unpivot(const std::vector<Column>& ids, const std::vector<Column>& values,
                                  std::string_view variable_column, std::string_view value_column) const;
  /// Calls f(*this): for chains of own steps.
  template <typename F>
  [[nodiscard]] auto transform(F&& f) const {
    return std::forward<F>(f)(*this);
  }
  /// count, mean, stddev, min and max of the columns (of all numeric and string ones when none are named).
  [[nodiscard]] DataFrame describe(const std::vector<std::string>& columns = {}) const;
  /// As describe, with quartiles; or the statistics named: "count", "mean", "stddev", "min", "max", "25%", ...
  [[nodiscard]] DataFrame summary(const std::vector<std::string>& statistics = {}) const;
  [[nodiscard]] DataFrameNa na() const;
  [[nodiscard]] DataFrameStat stat() const;

  // ---- Actions
  /// All rows, on the driver.
  [[nodiscard]] std::vector<Row> collect() const;
  /// All rows as structs: aggregates whose fields take the columns in order.
  /// @throws UserError kTypeMismatch  field and column differ in number or type, or a NULL meets a field that is no
  /// optional.
  template <typename T>
  [[nodiscard]] std::vector<T> collect_as() const {
    const auto types = schema();
    check_row_struct<T>(types);
    std::vector<T> out;
    for (const auto& row : collect()) { out.push_back(to_row_struct<T>(row, types)); }
    return out;
  }
  /// All rows as text, column by column.
  [[nodiscard]] std::vector<TextRow> collect_text(CellText style = CellText::kCast) const;
  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] std::vector<Row> take(std::int64_t num_rows) const;
  [[nodiscard]] std::vector<Row> head(std::int64_t num_rows) const { return take(num_rows); }
  [[nodiscard]] std::vector<Row> tail(std::int64_t num_rows) const;
  /// The first row; none when there is none.
  [[nodiscard]] std::optional<Row> first() const;
  [[nodiscard]] bool is_empty() const;
  /// Calls f for each row, on the driver.
  void for_each(const std::function<void(const Row&)>& f) const;
  /// A table of the first rows. @param truncate  longest cell in characters; 0 for whole cells.
  [[nodiscard]] std::string show_string(std::int64_t num_rows = 20, std::int32_t truncate = 20) const;
  /// Prints show_string to standard output.
  void show(std::int64_t num_rows = 20, std::int32_t truncate = 20) const;

  // ---- About
  [[nodiscard]] Schema schema() const;
  [[nodiscard]] std::vector<std::string> columns() const;
  /// Names and types.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> dtypes() const;
  /// A tree of names and types, as printSchema.
  [[nodiscard]] std::string schema_string() const;
  [[nodiscard]] std::string explain(ExplainKind kind = ExplainKind::kSimple) const;

  // ---- Keeping
  /// Runs the query now and gives its rows, kept in memory.
  [[nodiscard]] DataFrame cache() const;
  void create_temp_view(std::string_view name) const;
  void create_or_replace_temp_view(std::string_view name) const;
  void create_global_temp_view(std::string_view name) const;
  void create_or_replace_global_temp_view(std::string_view name) const;

  [[nodiscard]] const std::shared_ptr<const Plan>& plan() const noexcept { return plan_; }
  [[nodiscard]] const std::shared_ptr<SessionState>& session() const noexcept { return session_; }

 private:
  friend class GroupedData;
  /// The frame of a plan that is still to be analysed.
  [[nodiscard]] DataFrame analyzed(std::shared_ptr<const Plan> plan) const;

  std::shared_ptr<SessionState> session_;
  std::shared_ptr<const Plan> plan_;
};

/// Rows in groups, before they are aggregated.
class GroupedData {
 public:
  /// The keys and these aggregates: sum(col("x")).alias("total").
  [[nodiscard]] DataFrame agg(const std::vector<Column>& aggregates) const;
  [[nodiscard]] DataFrame count() const;
  /// Of these columns; of all numeric ones that are no keys when none are named.
  [[nodiscard]] DataFrame sum(const std::vector<std::string>& columns = {}) const { return each("sum", columns); }
  [[nodiscard]] DataFrame avg(const std::vector<std::string>& columns = {}) const { return each("avg", columns); }
  [[nodiscard]] DataFrame mean(const std::vector<std::string>& columns = {}) const { return each("avg", columns); }
  [[nodiscard]] DataFrame min(const std::vector<std::string>& columns = {}) const { return each("min", columns); }
  [[nodiscard]] DataFrame max(const std::vector<std::string>& columns = {}) const { return each("max", columns); }
  /// Makes a column of each value of `column`; all that occur, in order, when none are named.
  [[nodiscard]] GroupedData pivot(std::string_view column, std::vector<Column> values = {}) const;

 private:
  friend class DataFrame;
  enum class Kind : std::uint8_t { kPlain, kRollup, kCube };
  GroupedData(DataFrame frame, std::vector<Column> keys, Kind kind)
      : frame_(std::move(frame)), keys_(std::move(keys)), kind_(kind) {}
  [[nodiscard]] DataFrame each(std::string_view function, const std::vector<std::string>& columns) const;

  DataFrame frame_;
  std::vector<Column> keys_;
  Kind kind_;
  std::optional<Column> pivot_column_ = {};
  std::vector<Column> pivot_values_ = {};
};

/// What to do about NULLs and NaNs: frame.na().drop().
class DataFrameNa {
 public:
  explicit DataFrameNa(DataFrame frame) : frame_(std::move(frame)) {}
  /// Leaves out rows with a NULL or NaN in any ("any") or all ("all") of the columns.
  [[nodiscard]] DataFrame drop(std::string_view how = "any", const std::vector<std::string>& columns = {}) const;
  /// Leaves out rows with fewer than this many values that are neither.
  [[nodiscard]] DataFrame drop(std::int32_t least_values, const std::vector<std::string>& columns = {}) const;
  /// In columns of the value's kind: numbers, strings or booleans.
  [[nodiscard]] DataFrame fill(const Column& value, const std::vector<std::string>& columns = {}) const;
  [[nodiscard]] DataFrame replace(const std::vector<std::pair<Column, Column>>& values,
                                  const std::vector<std::string>& columns = {}) const;

 private:
  DataFrame frame_;
};

/// Statistics of columns: frame.stat().corr("a", "b").
class DataFrameStat {
 public:
  explicit DataFrameStat(DataFrame frame) : frame_(std::move(frame)) {}
  [[nodiscard]] double corr(std::string_view a, std::string_view b) const;
  [[nodiscard]] double cov(std::string_view a, std::string_view b) const;
  /// How often each pair occurs: rows by `a`, a column for each value of `b`.
  [[nodiscard]] DataFrame crosstab(std::string_view a, std::string_view b) const;
  [[nodiscard]] std::vector<double> approx_quantile(std::string_view column, const std::vector<double>& probabilities,
                                                    double relative_error) const;
  /// A sample with a fraction for each value of a column; values that are not named have fraction 0.
  [[nodiscard]] DataFrame sample_by(std::string_view column, const std::vector<std::pair<Column, double>>& fractions,
                                    std::int64_t seed) const;

 private:
  DataFrame frame_;
};

}  // namespace hammerscale::sql
