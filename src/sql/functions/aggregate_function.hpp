#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sql/functions/function.hpp"

namespace hammerscale::sql {

class VectorBuilder;

/// One call of an aggregate function with its types settled: how to keep a state for each group. States are raw memory
/// of state_bytes, aligned to 16, in the rows of a hash table or on their own; the table moves them by memcpy, so a
/// state that needs more holds a pointer that destroy frees. All functions work on many rows at once. One thread uses
/// one.
class AggregateState {
 public:
  virtual ~AggregateState() = default;

  [[nodiscard]] virtual std::size_t state_bytes() const = 0;
  /// States that destroy must be called for.
  [[nodiscard]] virtual bool needs_destroy() const { return false; }
  virtual void initialize(std::byte* state) const = 0;
  virtual void destroy(std::byte* /*state*/) const {}

  /// Adds rows: row arguments.rows[i] to states[i].
  virtual void update(const Arguments& arguments, std::byte* const* states) = 0;
  /// Adds rows that all belong to one state: no GROUP BY, and window frames.
  virtual void update_one(const Arguments& arguments, std::byte* state);
  /// Takes rows back, oldest first, for sliding frames; only when can_remove().
  [[nodiscard]] virtual bool can_remove() const { return false; }
  virtual void remove_one(const Arguments& /*arguments*/, std::byte* /*state*/) {}
  /// Adds state `from` to state `into`.
  virtual void merge(std::byte* into, const std::byte* from) = 0;
  /// The partial result as columns of state_types, one row a state: what goes between ranks and into spill files.
  virtual void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const = 0;
  /// Adds exported states: row rows[i] of columns to states[i].
  virtual void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) = 0;
  /// The result of each state.
  virtual void finalize(std::span<std::byte* const> states, VectorBuilder& result) const = 0;
};

struct BoundAggregate {
  DataType type;
  bool nullable = true;
  std::vector<DataType> argument_types;
  std::vector<DataType> state_types;  ///< Columns of the exported form.
  bool skips_nulls = true;            ///< Rows with a NULL argument never reach update.
  bool ignores_distinct = false;      ///< min(DISTINCT x) is min(x).
  bool depends_on_order = false;      ///< first, collect_list, listagg: WITHIN GROUP or input order decides.
  std::function<std::unique_ptr<AggregateState>(EvaluationContext& context)> make_state;
};

struct AggregateInput : CallInput {
  bool is_distinct = false;
  bool ignore_nulls = false;
  std::vector<DataType> within_group;  ///< Types of WITHIN GROUP's keys; values arrive as arguments behind the others.
  std::vector<bool> within_group_ascending;
  std::vector<bool> within_group_nulls_first;  ///< Missing: first when ascending.
};

struct AggregateFunction {
  std::string_view name;
  std::function<BoundAggregate(const AggregateInput& input)> bind;
  FunctionDocumentation documentation;
  std::vector<std::string_view> aliases = {};
  bool takes_within_group = false;
  std::vector<std::string_view> parameter_names = {};
};

/// What a window function sees of one partition, sorted by the window's order.
struct WindowPartition {
  std::span<const Vector> arguments;  ///< Columns of the whole partition, flat.
  std::int32_t num_rows = 0;
  std::span<const std::int32_t> peer_group_start;  ///< Row at which the peers of each row begin.
  std::span<const std::int32_t> peer_group_end;    ///< Behind the last peer.
  std::span<const std::int32_t> frame_start;       ///< Of each row; for functions that look at frames.
  std::span<const std::int32_t> frame_end;
  bool ignore_nulls = false;
};

struct BoundWindowFunction {
  DataType type;
  bool nullable = true;
  std::vector<DataType> argument_types;
  bool uses_frame = false;  ///< nth_value; rank and lag do not take a frame.
  std::function<void(const WindowPartition& partition, VectorBuilder& result)> evaluate;
};

struct WindowFunction {
  std::string_view name;
  std::function<BoundWindowFunction(const CallInput& input)> bind;
  FunctionDocumentation documentation;
  bool needs_order = true;
};

}  // namespace hammerscale::sql
