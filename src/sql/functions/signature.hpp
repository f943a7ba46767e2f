#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sql/functions/function.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

/// @throws SqlError WRONG_NUM_ARGS.WITHOUT_SUGGESTION  unless least <= number of arguments <= most.
void check_num_arguments(const CallInput& input, std::size_t least, std::size_t most);

/// What a parameter takes: a class of types, or one type.
struct ParameterType {
  ParameterType(TypeClass any_of) : type_class(any_of) {}    // NOLINT(google-explicit-constructor)
  ParameterType(DataType exact) : type(std::move(exact)) {}  // NOLINT(google-explicit-constructor)
  ParameterType(TypeId exact) : type(DataType(exact)) {}     // NOLINT(google-explicit-constructor)
  TypeClass type_class = TypeClass::kAny;
  std::optional<DataType> type;
};

/// The type that argument i is cast to so that it is what the parameter takes: its own where it is already.
/// @throws SqlError DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE  ANSI mode has no implicit cast for it.
DataType expect_argument(const CallInput& input, std::size_t i, const ParameterType& expected);

/// "upper(a)": the call's text, for messages.
std::string call_text(const CallInput& input);

/// @throws SqlError DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE  argument i is not of the type named `required`.
[[noreturn]] void fail_argument_type(const CallInput& input, std::size_t i, std::string required);

/// The constant value of argument i, of the type it was written with.
/// @throws SqlError DATATYPE_MISMATCH.NON_FOLDABLE_INPUT  it is no constant. `name` is the parameter's.
const Value& expect_constant(const CallInput& input, std::size_t i, std::string name);

/// Binds calls whose arguments have fixed classes: the last `num_optional` may be missing. `make` gives the Evaluate
/// for the arguments at hand; NULL policy and failure as given.
struct SignatureOptions {
  std::size_t num_optional = 0;
  NullPolicy nulls = NullPolicy::kPropagate;
  bool can_fail = false;
  bool nullable = false;  ///< NULL also for arguments that are not.
};
using MakeEvaluate = std::function<Evaluate(const CallInput& input)>;
BindFunction signature(std::vector<ParameterType> parameters, DataType result, MakeEvaluate make,
                       SignatureOptions options = {});

/// True when any argument may be NULL.
bool any_nullable(const CallInput& input);

}  // namespace hammerscale::sql
