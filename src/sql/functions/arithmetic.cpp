// + - * / % div mod pmod, their try_ forms, negative, positive, abs. What concerns times is in interval_arithmetic.cpp.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/interval_arithmetic.hpp"
#include "sql/functions/operand_loops.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/decimal.hpp"

namespace hammerscale::sql {

namespace {

enum class Operation : std::uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
  kPositiveRemainder,
  kWholeQuotient
};

/// What a result does that does not exist: overflow, division by zero.
enum class Failure : std::uint8_t { kThrow, kNull, kWrap };

constexpr std::string_view kAnsiSetting = "\"spark.sql.ansi.enabled\"";

std::string_view symbol_of(Operation operation) {
  switch (operation) {
    case Operation::kAdd: return "+";
    case Operation::kSubtract: return "-";
    case Operation::kMultiply: return "*";
    case Operation::kDivide: return "/";
    case Operation::kRemainder: return "%";
    case Operation::kPositiveRemainder: return "pmod";
    case Operation::kWholeQuotient: return "div";
  }
  return "";
}

std::string_view try_name_of(Operation operation) {
  switch (operation) {
    case Operation::kAdd: return "try_add";
    case Operation::kSubtract: return "try_subtract";
    case Operation::kMultiply: return "try_multiply";
    default: return "try_divide";
  }
}

[[noreturn]] void throw_division_by_zero(Operation operation, Origin origin) {
  const bool is_remainder = operation == Operation::kRemainder || operation == Operation::kPositiveRemainder;
  throw SqlError(is_remainder ? "REMAINDER_BY_ZERO" : "DIVIDE_BY_ZERO", {{"config", std::string(kAnsiSetting)}},
                 origin);
}

[[noreturn]] void throw_overflow(Operation operation, const DataType& type, std::int64_t a, std::int64_t b,
                                 Origin origin) {
  const std::string try_name(try_name_of(operation));
  if (type.id() == TypeId::kTinyint || type.id() == TypeId::kSmallint) {
    const char* suffix = type.id() == TypeId::kTinyint ? "Y" : "S";
    throw SqlError("BINARY_ARITHMETIC_OVERFLOW",
                   {{"value1", std::to_string(a) + suffix},
                    {"symbol", std::string(symbol_of(operation))},
                    {"value2", std::to_string(b) + suffix},
                    {"functionName", "`" + try_name + "`"}},
                   origin);
  }
  std::string message = type.id() == TypeId::kInt ? "integer overflow" : "long overflow";
  std::string alternative = " Use '" + try_name + "' to tolerate overflow and return NULL instead.";
  if (operation == Operation::kWholeQuotient) { message = "Overflow in integral divide"; }
  throw SqlError(
      "ARITHMETIC_OVERFLOW",
      {{"message", std::move(message)}, {"alternative", std::move(alternative)}, {"config", std::string(kAnsiSetting)}},
      origin);
}

// ---- Integers -------------------------------------------------------------------------------------------------------

/// f(a, b, out) -> overflow. The wrapped result is in out then.
template <typename T>
struct AddChecked {
  bool operator()(T a, T b, T& out) const noexcept {
    // The sign of a wrapped sum differs from both operands': plain bit operations, which loops over arrays do many at
    // once.
    using U = std::make_unsigned_t<T>;
    const auto sum = static_cast<T>(static_cast<U>(static_cast<U>(a) + static_cast<U>(b)));
    out = sum;
    return static_cast<T>((a ^ sum) & (b ^ sum)) < 0;
  }
};
template <typename T>
struct SubtractChecked {
  bool operator()(T a, T b, T& out) const noexcept {
    using U = std::make_unsigned_t<T>;
    const auto difference = static_cast<T>(static_cast<U>(static_cast<U>(a) - static_cast<U>(b)));
    out = difference;
    return static_cast<T>((a ^ b) & (a ^ difference)) < 0;
  }
};
template <typename T>
struct MultiplyChecked {
  bool operator()(T a, T b, T& out) const noexcept { return __builtin_mul_overflow(a, b, &out); }
};

template <typename T, typename F>
Evaluate checked_integers(Operation operation, Failure failure, DataType type, Origin origin) {
  return [operation, failure, type = std::move(type), origin](const Arguments& arguments, Vector& result) {
    map_checked<T, T, T>(arguments, result, F{}, [&](std::int32_t row) {
      if (failure == Failure::kThrow) {
        throw_overflow(operation, type, ColumnReader<T>(arguments[0])[row], ColumnReader<T>(arguments[1])[row], origin);
      }
      if (failure == Failure::kNull) { result.set_null(row); }
    });
  };
}

template <typename T>
T remainder_of(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::fmod(a, b);
  } else {
    return b == -1 ? T{0} : static_cast<T>(a % b);  // The smallest value by -1 traps.
  }
}

template <typename T>
T positive_remainder_of(T a, T b) {
  const T r = remainder_of(a, b);
  if (!(r < 0)) { return r; }
  if constexpr (std::is_floating_point_v<T>) {
    return std::fmod(r + b, b);
  } else {
    // In a wider type: r + b may not fit.
    using Wide = std::conditional_t<sizeof(T) == 8, Int128, std::int64_t>;
    return static_cast<T>((static_cast<Wide>(r) + b) % b);
  }
}

/// Operations with a divisor, row by row. f(a, b, out) -> fits; b is not 0.
template <typename T, typename R, typename F>
Evaluate dividing(Operation operation, Failure failure, DataType type, Origin origin, F f) {
  return [=, type = std::move(type)](const Arguments& arguments, Vector& result) {
    const ColumnReader<T> a(arguments[0]);
    const ColumnReader<T> b(arguments[1]);
    R* out = result.mutable_values<R>();
    arguments.rows.for_each([&](std::int32_t row) {
      if (b[row] == T{0}) {
        if (failure == Failure::kThrow) { throw_division_by_zero(operation, origin); }
        result.set_null(row);
      } else if (!f(a[row], b[row], out[row])) {
        if (failure == Failure::kThrow) {
          if constexpr (std::is_integral_v<T>) { throw_overflow(operation, type, a[row], b[row], origin); }
        }
        if (failure == Failure::kNull) { result.set_null(row); }
      }
    });
  };
}

template <typename T>
Evaluate integer_operation(Operation operation, Failure failure, const DataType& type, Origin origin) {
  switch (operation) {
    case Operation::kAdd: return checked_integers<T, AddChecked<T>>(operation, failure, type, origin);
    case Operation::kSubtract: return checked_integers<T, SubtractChecked<T>>(operation, failure, type, origin);
    case Operation::kMultiply: return checked_integers<T, MultiplyChecked<T>>(operation, failure, type, origin);
    case Operation::kPositiveRemainder:
      return dividing<T, T>(operation, failure, type, origin, [](T a, T b, T& out) {
        out = positive_remainder_of(a, b);
        return true;
      });
    case Operation::kRemainder:
      return dividing<T, T>(operation, failure, type, origin, [](T a, T b, T& out) {
        out = remainder_of(a, b);
        return true;
      });
    default:
      // div: of bigints. The smallest by -1 is the smallest again where overflow wraps.
      return dividing<T, std::int64_t>(operation, failure, type, origin, [](T a, T b, std::int64_t& out) {
        if (b == -1 && static_cast<std::int64_t>(a) == std::numeric_limits<std::int64_t>::min()) {
          out = static_cast<std::int64_t>(a);
          return false;
        }
        out = static_cast<std::int64_t>(a) / static_cast<std::int64_t>(b);
        return true;
      });
  }
}

template <typename T>
Evaluate float_operation(Operation operation, Failure failure, const DataType& type, Origin origin) {
  const auto plain = [](auto f) -> Evaluate {
    return [f](const Arguments& arguments, Vector& result) { map_operands<T, T, T>(arguments, result, f); };
  };
  switch (operation) {
    case Operation::kAdd: return plain([](T a, T b) { return a + b; });
    case Operation::kSubtract: return plain([](T a, T b) { return a - b; });
    case Operation::kMultiply: return plain([](T a, T b) { return a * b; });
    case Operation::kRemainder:
      return dividing<T, T>(operation, failure, type, origin, [](T a, T b, T& out) {
        out = remainder_of(a, b);
        return true;
      });
    case Operation::kPositiveRemainder:
      return dividing<T, T>(operation, failure, type, origin, [](T a, T b, T& out) {
        out = positive_remainder_of(a, b);
        return true;
      });
    default:
      return dividing<T, T>(operation, failure, type, origin, [](T a, T b, T& out) {
        out = a / b;
        return true;
      });
  }
}

// ---- Decimals -------------------------------------------------------------------------------------------------------

/// The value's text cannot be made from what does not fit: the operands stand in for it.
[[noreturn]] void throw_decimal_overflow(Operation operation, Int128 a, const DataType& type_a, Int128 b,
                                         const DataType& type_b, const DataType& type, Origin origin) {
  std::string value;
  append_decimal(value, a, type_a.scale());
  value += " ";
  value += symbol_of(operation);
  value += " ";
  append_decimal(value, b, type_b.scale());
  throw SqlError("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                 {{"value", value},
                  {"precision", std::to_string(type.precision())},
                  {"scale", std::to_string(type.scale())},
                  {"config", std::string(kAnsiSetting)}},
                 origin);
}

struct DecimalCall {
  Operation operation;
  Failure failure;
  DataType a;
  DataType b;
  DataType type;
  Origin origin;
  /// The result type has every digit of the exact result: nothing can overflow or be rounded.
  bool is_exact = false;
  /// The result's scale is the exact one, its precision was cut to 38.
  bool has_exact_scale = false;
};

std::optional<Int128> compute_decimal(const DecimalCall& call, Int128 a, Int128 b) {
  const int scale_a = call.a.scale();
  const int scale_b = call.b.scale();
  const int precision = call.type.precision();
  const int scale = call.type.scale();
  switch (call.operation) {
    case Operation::kAdd: return decimal_add(a, scale_a, b, scale_b, precision, scale);
    case Operation::kSubtract: return decimal_subtract(a, scale_a, b, scale_b, precision, scale);
    case Operation::kMultiply: return decimal_multiply(a, scale_a, b, scale_b, precision, scale);
    case Operation::kDivide: return decimal_divide(a, scale_a, b, scale_b, precision, scale);
    case Operation::kRemainder: return decimal_remainder(a, scale_a, b, scale_b, precision, scale);
    case Operation::kPositiveRemainder: {
      const auto r = decimal_remainder(a, scale_a, b, scale_b, precision, scale);
      if (!r || *r >= 0) { return r; }
      const auto sum = decimal_add(*r, scale, b, scale_b, kMaxDecimalPrecision, std::max(scale, scale_b));
      return sum ? decimal_remainder(*sum, std::max(scale, scale_b), b, scale_b, precision, scale) : std::nullopt;
    }
    case Operation::kWholeQuotient: {
      const auto quotient = decimal_whole_quotient(a, scale_a, b, scale_b);
      if (!quotient || *quotient != static_cast<std::int64_t>(*quotient)) { return std::nullopt; }
      return quotient;
    }
  }
  return std::nullopt;
}

/// Any operation, row by row.
template <typename A, typename B, typename R>
Evaluate any_decimals(const DecimalCall& call) {
  return [call](const Arguments& arguments, Vector& result) {
    const ColumnReader<A> a(arguments[0]);
    const ColumnReader<B> b(arguments[1]);
    R* out = result.mutable_values<R>();
    const bool divides = call.operation != Operation::kAdd && call.operation != Operation::kSubtract &&
                         call.operation != Operation::kMultiply;
    arguments.rows.for_each([&](std::int32_t row) {
      if (divides && b[row] == B{0}) {
        if (call.failure == Failure::kThrow) { throw_division_by_zero(call.operation, call.origin); }
        return result.set_null(row);
      }
      const auto value = compute_decimal(call, a[row], b[row]);
      if (value) {
        out[row] = static_cast<R>(*value);
      } else if (call.failure == Failure::kThrow) {
        if (call.operation == Operation::kWholeQuotient) {
          throw_overflow(call.operation, DataType(TypeId::kBigint), 0, 0, call.origin);
        }
        throw_decimal_overflow(call.operation, a[row], call.a, b[row], call.b, call.type, call.origin);
      } else {
        result.set_null(row);
      }
    });
  };
}

/// Sums and differences that cannot overflow.
template <typename A, typename B, typename R>
Evaluate exact_sum(const DecimalCall& call) {
  const auto factor_a = static_cast<R>(kPowersOfTen[static_cast<std::size_t>(call.type.scale() - call.a.scale())]);
  const auto factor_b = static_cast<R>(kPowersOfTen[static_cast<std::size_t>(call.type.scale() - call.b.scale())]);
  const bool adds = call.operation == Operation::kAdd;
  return [=](const Arguments& arguments, Vector& result) {
    if (factor_a == 1 && factor_b == 1) {
      if (adds) {
        map_operands<A, B, R>(arguments, result,
                              [](A a, B b) { return static_cast<R>(static_cast<R>(a) + static_cast<R>(b)); });
      } else {
        map_operands<A, B, R>(arguments, result,
                              [](A a, B b) { return static_cast<R>(static_cast<R>(a) - static_cast<R>(b)); });
      }
      return;
    }
    const R sign = adds ? R{1} : R{-1};
    map_operands<A, B, R>(arguments, result, [=](A a, B b) {
      return static_cast<R>(static_cast<R>(a) * factor_a + sign * static_cast<R>(b) * factor_b);
    });
  };
}

template <typename A, typename B, typename R>
Evaluate product(const DecimalCall& call) {
  if (call.is_exact) {
    return [](const Arguments& arguments, Vector& result) {
      map_operands<A, B, R>(arguments, result,
                            [](A a, B b) { return static_cast<R>(static_cast<R>(a) * static_cast<R>(b)); });
    };
  }
  // Two factors that fit 64 bits give less than 2^126, which is less than 10^38: only others are looked at closely.
  if constexpr (std::is_same_v<R, Int128>) {
    if (call.has_exact_scale && call.type.precision() == kMaxDecimalPrecision) {
      return [call, slow = any_decimals<A, B, R>(call)](const Arguments& arguments, Vector& result) {
        bool is_wide = false;
        map_checked<A, B, R>(
            arguments, result,
            [](A a, B b, R& out) {
              const auto narrow_a = static_cast<std::int64_t>(a);
              const auto narrow_b = static_cast<std::int64_t>(b);
              out = static_cast<Int128>(narrow_a) * narrow_b;
              return static_cast<bool>((narrow_a != a) | (narrow_b != b));
            },
            [&](std::int32_t) { is_wide = true; });
        if (is_wide) { slow(arguments, result); }
      };
    }
  }
  return any_decimals<A, B, R>(call);
}

template <typename A, typename B, typename R>
Evaluate decimal_operation(const DecimalCall& call) {
  if ((call.operation == Operation::kAdd || call.operation == Operation::kSubtract) && call.is_exact) {
    return exact_sum<A, B, R>(call);
  }
  if (call.operation == Operation::kMultiply) { return product<A, B, R>(call); }
  return any_decimals<A, B, R>(call);
}

Evaluate decimal_operation(const DecimalCall& call) {
  const bool wide_a = call.a.physical() == PhysicalType::kInt128;
  const bool wide_b = call.b.physical() == PhysicalType::kInt128;
  if (call.type.physical() == PhysicalType::kInt64) {
    if (wide_a) {
      return wide_b ? any_decimals<Int128, Int128, std::int64_t>(call)
                    : any_decimals<Int128, std::int64_t, std::int64_t>(call);
    }
    if (wide_b) { return any_decimals<std::int64_t, Int128, std::int64_t>(call); }
    return decimal_operation<std::int64_t, std::int64_t, std::int64_t>(call);
  }
  if (wide_a) {
    return wide_b ? decimal_operation<Int128, Int128, Int128>(call)
                  : decimal_operation<Int128, std::int64_t, Int128>(call);
  }
  return wide_b ? decimal_operation<std::int64_t, Int128, Int128>(call)
                : decimal_operation<std::int64_t, std::int64_t, Int128>(call);
}

// ---- Binding --------------------------------------------------------------------------------------------------------

/// An operand's type as a decimal: constants of integral types need only the digits they have.
DataType decimal_operand(const CallInput& input, std::size_t i) {
  const DataType& type = input.types[i];
  const Value* constant = input.constants[i];
  if (type.is_integral() && constant != nullptr && !constant->is_null()) {
    return decimal_for_literal(constant->as_int64(), 0);
  }
  return decimal_for(type);
}

[[noreturn]] void fail_operand_types(const CallInput& input, std::string_view wanted) {
  if (!(input.types[0] == input.types[1]) && !wider_type(input.types[0], input.types[1])) {
    throw SqlError("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"left", "\"" + input.types[0].to_sql() + "\""},
                    {"right", "\"" + input.types[1].to_sql() + "\""}},
                   input.origin);
  }
  throw SqlError("DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
                 {{"sqlExpr", "\"" + call_text(input) + "\""},
                  {"inputType", std::string(wanted)},
                  {"actualDataType", "\"" +
                                         (wider_type(input.types[0], input.types[1])
                                              ? wider_type(input.types[0], input.types[1])->to_sql()
                                              : input.types[0].to_sql()) +
                                         "\""}},
                 input.origin);
}

BoundFunction bind_decimals(const CallInput& input, Operation operation, Failure failure) {
  DecimalCall call{operation, failure, decimal_operand(input, 0), decimal_operand(input, 1), {}, input.origin};
  switch (operation) {
    case Operation::kAdd:
    case Operation::kSubtract: {
      call.type = decimal_add_type(call.a, call.b);
      const int scale = std::max(call.a.scale(), call.b.scale());
      const int digits = std::max(call.a.precision() - call.a.scale(), call.b.precision() - call.b.scale()) + scale + 1;
      call.is_exact = digits <= kMaxDecimalPrecision;
      break;
    }
    case Operation::kMultiply:
      call.type = decimal_multiply_type(call.a, call.b);
      call.is_exact = call.a.precision() + call.b.precision() + 1 <= kMaxDecimalPrecision;
      call.has_exact_scale = call.type.scale() == call.a.scale() + call.b.scale();
      break;
    case Operation::kDivide: call.type = decimal_divide_type(call.a, call.b); break;
    case Operation::kWholeQuotient: call.type = TypeId::kBigint; break;
    default: call.type = decimal_remainder_type(call.a, call.b);
  }
  BoundFunction bound;
  bound.type = call.type;
  bound.argument_types = {call.a, call.b};
  const bool divides = operation >= Operation::kDivide;
  bound.can_fail = failure == Failure::kThrow && (divides || !call.is_exact);
  bound.nullable = any_nullable(input) || (failure != Failure::kThrow && (divides || !call.is_exact));
  bound.evaluate = decimal_operation(call);
  return bound;
}

BoundFunction bind_numbers(const CallInput& input, const DataType& type, Operation operation, Failure failure) {
  BoundFunction bound;
  DataType operand = type;
  if (operation == Operation::kDivide) { operand = TypeId::kDouble; }
  if (operation == Operation::kWholeQuotient) {
    if (!operand.is_integral()) {
      fail_operand_types(input, "(\"BIGINT\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")");
    }
    operand = TypeId::kBigint;
  }
  bound.type = operand;
  bound.argument_types = {operand, operand};
  const bool divides = operation >= Operation::kDivide;
  const bool may_fail = divides || operand.is_integral();
  bound.can_fail = failure == Failure::kThrow && may_fail;
  bound.nullable =
      any_nullable(input) || (may_fail && (failure == Failure::kNull || (divides && failure != Failure::kThrow)));
  switch (operand.id()) {
    case TypeId::kTinyint:
      bound.evaluate = integer_operation<std::int8_t>(operation, failure, operand, input.origin);
      break;
    case TypeId::kSmallint:
      bound.evaluate = integer_operation<std::int16_t>(operation, failure, operand, input.origin);
      break;
    case TypeId::kInt:
      bound.evaluate = integer_operation<std::int32_t>(operation, failure, operand, input.origin);
      break;
    case TypeId::kBigint:
      bound.evaluate = integer_operation<std::int64_t>(operation, failure, operand, input.origin);
      break;
    case TypeId::kFloat: bound.evaluate = float_operation<float>(operation, failure, operand, input.origin); break;
    default: bound.evaluate = float_operation<double>(operation, failure, operand, input.origin);
  }
  return bound;
}

bool is_time_like(const DataType& type) {
  return type.is_datetime() || type.is_ansi_interval() || type.id() == TypeId::kCalendarInterval ||
         type.id() == TypeId::kTime;
}

BoundFunction bind_positive(const CallInput& input);

BindFunction bind_arithmetic(Operation operation, bool is_try) {
  return [=](const CallInput& input) -> BoundFunction {
    if (input.types.size() == 1 && operation == Operation::kSubtract && !is_try) { return bind_negative(input); }
    if (input.types.size() == 1 && operation == Operation::kAdd && !is_try) { return bind_positive(input); }
    check_num_arguments(input, 2, 2);
    const DataType& a = input.types[0];
    const DataType& b = input.types[1];
    const bool ansi = input.context->ansi;
    const Failure failure = is_try                            ? Failure::kNull
                            : ansi                            ? Failure::kThrow
                            : operation >= Operation::kDivide ? Failure::kNull
                                                              : Failure::kWrap;
    if (is_time_like(a) || is_time_like(b)) {
      if (auto bound = bind_time_arithmetic(input, symbol_of(operation), is_try)) { return std::move(*bound); }
      fail_operand_types(input,
                         "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL\")");
    }
    // Strings become what stands on the other side; two of them, or NULLs alone, are doubles.
    std::optional<DataType> type = wider_type(a, b);
    if (type && (type->is_string() || type->is_null())) { type = DataType(TypeId::kDouble); }
    if (!type || !type->is_numeric()) { fail_operand_types(input, "\"NUMERIC\""); }
    if (operation == Operation::kWholeQuotient && type->id() == TypeId::kDouble && (a.is_null() || b.is_null())) {
      type = DataType(TypeId::kBigint);
    }
    if (type->is_decimal() && (a.is_decimal() || b.is_decimal())) {
      if ((a.is_decimal() || a.is_integral()) && (b.is_decimal() || b.is_integral())) {
        return bind_decimals(input, operation, failure == Failure::kWrap ? Failure::kNull : failure);
      }
      CallInput cast = input;
      for (std::size_t i = 0; i < 2; ++i) {
        if (!cast.types[i].is_decimal() && !cast.types[i].is_integral()) { cast.types[i] = *type; }
      }
      return bind_decimals(cast, operation, failure == Failure::kWrap ? Failure::kNull : failure);
    }
    return bind_numbers(input, *type, operation, failure);
  };
}

// ---- One operand ----------------------------------------------------------------------------------------------------

template <typename T>
Evaluate sign_operation(bool is_abs, Failure failure, DataType type, Origin origin) {
  return [=, type = std::move(type)](const Arguments& arguments, Vector& result) {
    const ColumnReader<T> values(arguments[0]);
    T* out = result.mutable_values<T>();
    arguments.rows.for_each([&](std::int32_t row) {
      const T value = values[row];
      if constexpr (std::is_floating_point_v<T>) {
        out[row] = is_abs ? std::abs(value) : -value;
      } else {
        if (value >= 0 && is_abs) {
          out[row] = value;
          return;
        }
        if (std::is_integral_v<T> && value == std::numeric_limits<T>::min() && !type.is_decimal()) {
          out[row] = value;
          if (failure != Failure::kThrow) { return; }
          if (type.is_ansi_interval()) {
            throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}, origin);
          }
          const char* message = type.id() == TypeId::kBigint     ? "long overflow"
                                : type.id() == TypeId::kInt      ? "integer overflow"
                                : type.id() == TypeId::kSmallint ? "short overflow"
                                                                 : "byte overflow";
          throw SqlError("ARITHMETIC_OVERFLOW",
                         {{"message", message}, {"alternative", ""}, {"config", std::string(kAnsiSetting)}}, origin);
        }
        out[row] = static_cast<T>(-value);
      }
    });
  };
}

BoundFunction bind_sign(const CallInput& input, bool is_abs) {
  check_num_arguments(input, 1, 1);
  if (input.types[0].id() == TypeId::kCalendarInterval && !is_abs) { return bind_negative_interval(input); }
  DataType type = expect_argument(input, 0, TypeClass::kNumericOrInterval);
  if (type.is_null()) { type = TypeId::kDouble; }
  const Failure failure = input.context->ansi || type.is_ansi_interval() ? Failure::kThrow : Failure::kWrap;
  BoundFunction bound;
  bound.type = type;
  bound.nullable = input.nullable[0];
  bound.argument_types = {type};
  bound.can_fail = failure == Failure::kThrow && !type.is_fractional() && !type.is_decimal();
  switch (type.physical()) {
    case PhysicalType::kInt8: bound.evaluate = sign_operation<std::int8_t>(is_abs, failure, type, input.origin); break;
    case PhysicalType::kInt16:
      bound.evaluate = sign_operation<std::int16_t>(is_abs, failure, type, input.origin);
      break;
    case PhysicalType::kInt32:
      bound.evaluate = sign_operation<std::int32_t>(is_abs, failure, type, input.origin);
      break;
    case PhysicalType::kInt64:
      bound.evaluate = sign_operation<std::int64_t>(is_abs, failure, type, input.origin);
      break;
    case PhysicalType::kInt128: bound.evaluate = sign_operation<Int128>(is_abs, failure, type, input.origin); break;
    case PhysicalType::kFloat: bound.evaluate = sign_operation<float>(is_abs, failure, type, input.origin); break;
    default: bound.evaluate = sign_operation<double>(is_abs, failure, type, input.origin);
  }
  return bound;
}

BoundFunction bind_positive(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound;
  const bool is_interval = input.types[0].id() == TypeId::kCalendarInterval;
  bound.type = is_interval ? input.types[0] : expect_argument(input, 0, TypeClass::kNumericOrInterval);
  bound.nullable = input.nullable[0];
  bound.argument_types = {bound.type};
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    arguments.rows.for_each([&](std::int32_t row) { result.set_value(row, arguments[0].value(row)); });
  };
  return bound;
}

}  // namespace

BoundFunction bind_negative(const CallInput& input) { return bind_sign(input, false); }

void add_arithmetic_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::vector<std::string_view> aliases = {}) {
    registry.add(
        ScalarFunction{.name = name,
                       .bind = std::move(bind),
                       .documentation = {.group = "math_funcs", .usage = usage, .examples = std::move(examples)},
                       .aliases = std::move(aliases)});
  };
  add("+", bind_arithmetic(Operation::kAdd, false), "a + b - Returns the sum.", {{"SELECT 1 + 2", {"3"}}});
  add("-", bind_arithmetic(Operation::kSubtract, false), "a - b - Returns the difference.", {{"SELECT 2 - 1", {"1"}}});
  add("*", bind_arithmetic(Operation::kMultiply, false), "a * b - Returns the product.", {{"SELECT 2 * 3", {"6"}}});
  add("/", bind_arithmetic(Operation::kDivide, false), "a / b - Returns the quotient as a fraction.",
      {{"SELECT 3 / 2", {"1.5"}}});
  add("%", bind_arithmetic(Operation::kRemainder, false), "a % b - Returns the remainder, with the sign of a.",
      {{"SELECT 2 % 1.8", {"0.2"}}}, {"mod"});
  add("pmod", bind_arithmetic(Operation::kPositiveRemainder, false),
      "pmod(a, b) - Returns the remainder that is not negative.", {{"SELECT pmod(-10, 3)", {"2"}}});
  add("div", bind_arithmetic(Operation::kWholeQuotient, false), "a div b - Returns the whole part of the quotient.",
      {{"SELECT 3 div 2", {"1"}}});
  add("try_add", bind_arithmetic(Operation::kAdd, true), "try_add(a, b) - Returns the sum, or NULL where it overflows.",
      {{"SELECT try_add(2147483647, 1)", {"NULL"}}});
  add("try_subtract", bind_arithmetic(Operation::kSubtract, true),
      "try_subtract(a, b) - Returns the difference, or NULL where it overflows.",
      {{"SELECT try_subtract(-2147483648, 1)", {"NULL"}}});
  add("try_multiply", bind_arithmetic(Operation::kMultiply, true),
      "try_multiply(a, b) - Returns the product, or NULL where it overflows.", {{"SELECT try_multiply(2, 3)", {"6"}}});
  add("try_divide", bind_arithmetic(Operation::kDivide, true),
      "try_divide(a, b) - Returns the quotient, or NULL where b is 0.", {{"SELECT try_divide(1, 0)", {"NULL"}}});
  add("try_mod", bind_arithmetic(Operation::kRemainder, true),
      "try_mod(a, b) - Returns the remainder, or NULL where b is 0.", {{"SELECT try_mod(1, 0)", {"NULL"}}});
  add("negative", bind_negative, "negative(a) - Returns a with the other sign.", {{"SELECT negative(1)", {"-1"}}});
  add("positive", bind_positive, "positive(a) - Returns a.", {{"SELECT positive(1)", {"1"}}});
  add("abs", [](const CallInput& input) { return bind_sign(input, true); }, "abs(a) - Returns a without its sign.",
      {{"SELECT abs(-1)", {"1"}}});
}

}  // namespace hammerscale::sql
