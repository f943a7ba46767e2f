#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/functions/evaluation_context.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// One example of a function's documentation: a query and what show-like output of its single column is, row by row.
struct FunctionExample {
  std::string_view query;              ///< "SELECT upper('abc')"
  std::vector<std::string_view> rows;  ///< CAST(x AS STRING) text of each row, columns joined by a tab; "NULL".
};

/// What DESCRIBE FUNCTION [EXTENDED] prints. The words are our own.
struct FunctionDocumentation {
  std::string_view group;  ///< "string_funcs", "math_funcs", "agg_funcs", ...: Spark's groups.
  std::string_view usage;  ///< "upper(text) - Returns text with all letters in upper case."; several joined by \n.
  std::string_view arguments = {};
  std::vector<FunctionExample> examples = {};
  std::string_view note = {};
  std::string_view since = "1.0.0";  ///< The Spark version that has it first.
};

/// What is known of a call when its function is chosen.
struct CallInput {
  std::string_view name;        ///< As the user wrote it, for messages.
  std::vector<DataType> types;  ///< Of the arguments; of a lambda, its body's type.
  std::vector<bool> nullable;
  std::vector<const Value*> constants;  ///< Value of each argument that is constant (a NULL Value for NULL); else null.
  std::vector<std::string> sql;         ///< Text of each argument, for messages.
  const EvaluationContext* context = nullptr;  ///< Settings: time zone, ANSI. Never null.
  Origin origin = {};
};

/// What NULL arguments do.
enum class NullPolicy : std::uint8_t {
  kPropagate,  ///< A NULL argument makes the result NULL; evaluate sees only rows without one.
  kHandled,    ///< evaluate sees all rows and sets NULLs itself.
};

/// Calls a lambda argument on many elements at once.
class LambdaCall {
 public:
  virtual ~LambdaCall() = default;
  /// @param variables   flat vectors of equal size n, one for each variable the lambda takes (fewer are fine).
  /// @param outer_rows  row of the batch that each of the n elements belongs to: captured columns are read there.
  /// @return the body's value for each of the n elements, any encoding.
  virtual Vector call(std::span<const Vector> variables, std::span<const std::int32_t> outer_rows) = 0;
};

/// Arguments of one evaluation.
struct Arguments {
  std::span<const Vector* const> vectors;  ///< One an argument, of the bound types, any encoding; null for lambdas.
  std::span<LambdaCall* const> lambdas;    ///< One an argument; null for others. Empty when there are none.
  RowSet rows;                             ///< Rows to compute.
  EvaluationContext& context;

  [[nodiscard]] const Vector& operator[](std::size_t i) const { return *vectors[i]; }
};

/// Computes result[row] for each of arguments.rows. The result is flat, prepared for the bound type, with room for
/// every row, and has no NULLs yet (rows that NullPolicy::kPropagate found NULL are set afterwards). Positions of other
/// rows may hold anything. Errors are thrown as SqlError, for the first row that has one.
using Evaluate = std::function<void(const Arguments& arguments, Vector& result)>;

/// A call with its types settled. Made anew in each process and thread from the same CallInput, so it may keep what it
/// derives from constants (a compiled pattern) in `evaluate`, and scratch space too: one thread uses one.
struct BoundFunction {
  DataType type;
  bool nullable = true;
  std::vector<DataType>
      argument_types;  ///< The analyzer casts each argument to these (ANSI implicit casts, already allowed).
  NullPolicy nulls = NullPolicy::kPropagate;
  bool can_fail = false;  ///< May throw for some rows: evaluated for selected rows only.
  Evaluate evaluate;
};

/// Turns argument types into a BoundFunction, or throws DATATYPE_MISMATCH.*, WRONG_NUM_ARGS.* and their like.
using BindFunction = std::function<BoundFunction(const CallInput& input)>;

/// A generator's rows for one input row are appended to `columns` (one builder a column); it returns how many.
class VectorBuilder;
struct BoundGenerator {
  std::vector<Field> output;  ///< Names and types of its columns.
  std::vector<DataType> argument_types;
  /// For each row: how many rows it gives goes to counts[i] (i counts rows.size), values to builders.
  std::function<void(const Arguments& arguments, std::vector<VectorBuilder>& builders,
                     std::vector<std::int32_t>& counts)>
      generate;
};
using BindGenerator = std::function<BoundGenerator(const CallInput& input)>;

/// Types of the variables of each lambda argument, given the other arguments' types (lambdas have NULL type there) and
/// how many variables each lambda was written with (0 for arguments that are none).
using LambdaVariables =
    std::function<std::vector<std::vector<Field>>(const CallInput& input, std::span<const std::size_t> num_variables)>;

/// A scalar function, operator or generator of the registry.
struct ScalarFunction {
  std::string_view name;  ///< Lower case.
  BindFunction bind;
  FunctionDocumentation documentation;
  std::vector<std::string_view> aliases = {};
  bool is_deterministic = true;
  LambdaVariables lambda_variables = {};               ///< Set when it takes lambdas.
  BindGenerator bind_generator = {};                   ///< Set for generators; bind is empty then.
  std::vector<std::string_view> parameter_names = {};  ///< For named arguments, where Spark has them.
  /// What missing trailing arguments are: the analyzer puts them in, and column names show them. The first belongs to
  /// argument number `num_required`.
  std::size_t num_required = 0;
  std::vector<std::pair<Value, DataType>> default_arguments = {};
};

}  // namespace hammerscale::sql
