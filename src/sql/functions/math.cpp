#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/java_random.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;
using std::string_view;

template <typename F>
BindFunction of_double(F f) {
  constexpr bool may_be_null = !std::is_same_v<decltype(f(0.0)), double>;
  return signature({TypeId::kDouble}, TypeId::kDouble, [f](const CallInput&) { return rowwise<double>(f); },
                   {.nullable = may_be_null});
}

template <typename F>
BindFunction of_two_doubles(F f) {
  constexpr bool may_be_null = !std::is_same_v<decltype(f(0.0, 0.0)), double>;
  return signature({TypeId::kDouble, TypeId::kDouble}, TypeId::kDouble,
                   [f](const CallInput&) { return rowwise<double, double>(f); }, {.nullable = may_be_null});
}

/// A logarithm: NULL at its pole and left of it.
template <typename F>
BindFunction logarithm(double pole, F f) {
  return of_double([pole, f](double x) -> std::optional<double> {
    if (x <= pole) { return std::nullopt; }
    return f(x);
  });
}

/// log(x) is the natural one, log(base, x) to any base.
BoundFunction bind_log(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  BoundFunction bound{.type = TypeId::kDouble, .nullable = true, .argument_types = {}, .evaluate = {}};
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(input, i, TypeId::kDouble));
  }
  if (input.types.size() == 1) {
    bound.evaluate = rowwise<double>([](double x) { return x <= 0 ? std::nullopt : std::optional(std::log(x)); });
  } else {
    bound.evaluate = rowwise<double, double>([](double base, double x) {
      return base <= 0 || x <= 0 ? std::nullopt : std::optional(std::log(x) / std::log(base));
    });
  }
  return bound;
}

std::optional<int64_t> factorial(int32_t n) {
  if (n < 0 || n > 20) { return std::nullopt; }
  int64_t product = 1;
  for (int32_t i = 2; i <= n; ++i) { product *= i; }
  return product;
}

string to_binary_digits(int64_t value) {
  auto bits = static_cast<std::uint64_t>(value);
  string digits;
  do {
    digits += static_cast<char>('0' + (bits & 1));
    bits >>= 1;
  } while (bits != 0);
  std::ranges::reverse(digits);
  return digits;
}

/// Converts digits between bases of 2 to 36; a negative target base reads and prints signed numbers.
std::optional<string> convert_base(string_view digits, int32_t from_base, int32_t to_base, bool ansi, Origin origin) {
  const int32_t to_magnitude = std::abs(to_base);
  if (from_base < 2 || from_base > 36 || to_magnitude < 2 || to_magnitude > 36) { return std::nullopt; }
  while (!digits.empty() && digits.front() == ' ') { digits.remove_prefix(1); }
  while (!digits.empty() && digits.back() == ' ') { digits.remove_suffix(1); }
  if (digits.empty()) { return std::nullopt; }
  bool is_negative = digits.front() == '-';
  if (is_negative) { digits.remove_prefix(1); }
  std::uint64_t value = 0;
  const auto base = static_cast<std::uint64_t>(from_base);
  for (const char c : digits) {
    int digit = -1;
    if (c >= '0' && c <= '9') { digit = c - '0'; }
    if (c >= 'a' && c <= 'z') { digit = c - 'a' + 10; }
    if (c >= 'A' && c <= 'Z') { digit = c - 'A' + 10; }
    if (digit < 0 || digit >= from_base) { break; }
    if (value > (std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(digit)) / base) {
      if (ansi) {
        throw SqlError(
            "ARITHMETIC_OVERFLOW",
            {{"message", "Overflow in function conv()"}, {"alternative", ""}, {"config", "\"spark.sql.ansi.enabled\""}},
            origin);
      }
      value = std::numeric_limits<std::uint64_t>::max();
      break;
    }
    value = value * base + static_cast<std::uint64_t>(digit);
  }
  if (is_negative && to_base > 0) {
    value = static_cast<int64_t>(value) < 0 ? std::numeric_limits<std::uint64_t>::max() : ~value + 1;
  }
  if (to_base < 0 && static_cast<int64_t>(value) < 0) {
    value = ~value + 1;
    is_negative = true;
  }
  string out;
  do {
    out += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value % static_cast<std::uint64_t>(to_magnitude)];
    value /= static_cast<std::uint64_t>(to_magnitude);
  } while (value != 0);
  if (is_negative && to_base < 0) { out += '-'; }
  std::ranges::reverse(out);
  return out;
}

/// Number of the bucket, from 1, of a histogram of equal widths; 0 and count + 1 outside; NULL where it makes no sense.
std::optional<int64_t> width_bucket(double value, double low, double high, int64_t count) {
  if (count <= 0 || count == std::numeric_limits<int64_t>::max() || std::isnan(value) || low == high ||
      !std::isfinite(low) || !std::isfinite(high)) {
    return std::nullopt;
  }
  const double lower = std::min(low, high);
  const double upper = std::max(low, high);
  if (low < high) {
    if (value < lower) { return 0; }
    if (value >= upper) { return count + 1; }
    return static_cast<int64_t>(static_cast<double>(count) * (value - lower) / (upper - lower)) + 1;
  }
  if (value > upper) { return 0; }
  if (value <= lower) { return count + 1; }
  return static_cast<int64_t>(static_cast<double>(count) * (upper - value) / (upper - lower)) + 1;
}

BindFunction constant(double value) {
  return signature({}, TypeId::kDouble, [value](const CallInput&) -> Evaluate {
    return [value](const Arguments& arguments, Vector& result) {
      arguments.rows.for_each([&](int32_t row) { result.mutable_values<double>()[row] = value; });
    };
  });
}

/// rand and randn: one sequence a partition, from seed + partition.
BindFunction random_numbers(double (JavaRandom::*draw)()) {
  return [draw](const CallInput& input) {
    check_num_arguments(input, 0, 1);
    BoundFunction bound{.type = TypeId::kDouble,
                        .nullable = false,
                        .argument_types = {},
                        .nulls = NullPolicy::kHandled,
                        .evaluate = {}};
    std::optional<int64_t> seed;
    if (input.types.size() == 1) {
      bound.argument_types.push_back(input.types[0].id() == TypeId::kInt ? DataType(TypeId::kInt)
                                                                         : expect_argument(input, 0, TypeId::kBigint));
      const Value& constant_seed = expect_constant(input, 0, "seed");
      seed = constant_seed.is_null() ? 0 : constant_seed.as_int64();
    }
    bound.evaluate = [draw, seed, source = std::optional<JavaRandom>()](const Arguments& arguments,
                                                                        Vector& result) mutable {
      if (!source) {
        source.emplace(
            JavaRandom::xor_shift(seed.value_or(arguments.context.query_seed) + arguments.context.partition));
      }
      arguments.rows.for_each([&](int32_t row) { result.mutable_values<double>()[row] = ((*source).*draw)(); });
    };
    return bound;
  };
}

struct MathEntry {
  std::string_view name;
  BindFunction bind;
  std::string_view usage;
  std::vector<FunctionExample> examples;
  std::string_view since = "1.4.0";
  std::vector<std::string_view> aliases = {};
};

}  // namespace

void add_math_functions(FunctionRegistry& registry) {
  using std::numbers::pi;
  std::vector<MathEntry> entries{
      {"sqrt",
       of_double([](double x) { return std::sqrt(x); }),
       "sqrt(x) - Returns the square root of x.",
       {{"SELECT sqrt(4)", {"2.0"}}, {"SELECT sqrt(-1)", {"NaN"}}},
       "1.1.1"},
      {"cbrt",
       of_double([](double x) { return static_cast<double>(std::cbrt(static_cast<long double>(x))); }),
       "cbrt(x) - Returns the cube root of x.",
       {{"SELECT cbrt(27.0)", {"3.0"}}}},
      {"exp",
       of_double([](double x) { return std::exp(x); }),
       "exp(x) - Returns e to the power of x.",
       {{"SELECT exp(0)", {"1.0"}}}},
      {"expm1",
       of_double([](double x) { return std::expm1(x); }),
       "expm1(x) - Returns exp(x) - 1, precise for small x.",
       {{"SELECT expm1(0)", {"0.0"}}}},
      {"ln",
       logarithm(0, [](double x) { return std::log(x); }),
       "ln(x) - Returns the natural logarithm of x; NULL where there is none.",
       {{"SELECT ln(1)", {"0.0"}}, {"SELECT ln(0)", {"NULL"}}}},
      {"log",
       bind_log,
       "log([base, ]x) - Returns the logarithm of x to the base, e unless given; NULL where there is none.",
       {{"SELECT log(10, 100)", {"2.0"}}},
       "1.5.0"},
      {"log10",
       logarithm(0, [](double x) { return std::log10(x); }),
       "log10(x) - Returns the logarithm of x to base 10.",
       {{"SELECT log10(1000)", {"3.0"}}}},
      {"log2",
       logarithm(0, [](double x) { return std::log(x) / std::log(2.0); }),
       "log2(x) - Returns the logarithm of x to base 2.",
       {{"SELECT log2(8)", {"3.0"}}}},
      {"log1p",
       logarithm(-1, [](double x) { return std::log1p(x); }),
       "log1p(x) - Returns ln(1 + x), precise for small x.",
       {{"SELECT log1p(0)", {"0.0"}}}},
      {"sin",
       of_double([](double x) { return std::sin(x); }),
       "sin(x) - Returns the sine of x, in radians.",
       {{"SELECT sin(0)", {"0.0"}}}},
      {"cos",
       of_double([](double x) { return std::cos(x); }),
       "cos(x) - Returns the cosine of x, in radians.",
       {{"SELECT cos(0)", {"1.0"}}}},
      {"tan",
       of_double([](double x) { return std::tan(x); }),
       "tan(x) - Returns the tangent of x, in radians.",
       {{"SELECT tan(0)", {"0.0"}}}},
      {"cot",
       of_double([](double x) { return 1.0 / std::tan(x); }),
       "cot(x) - Returns the cotangent of x, in radians.",
       {{"SELECT round(cot(1), 6)", {"0.642093"}}},
       "2.3.0"},
      {"csc",
       of_double([](double x) { return 1.0 / std::sin(x); }),
       "csc(x) - Returns the cosecant of x, in radians.",
       {{"SELECT round(csc(1), 6)", {"1.188395"}}},
       "3.3.0"},
      {"sec",
       of_double([](double x) { return 1.0 / std::cos(x); }),
       "sec(x) - Returns the secant of x, in radians.",
       {{"SELECT sec(0)", {"1.0"}}},
       "3.3.0"},
      {"asin",
       of_double([](double x) { return std::asin(x); }),
       "asin(x) - Returns the inverse sine of x; NaN outside -1 to 1.",
       {{"SELECT asin(0)", {"0.0"}}, {"SELECT asin(2)", {"NaN"}}}},
      {"acos",
       of_double([](double x) { return std::acos(x); }),
       "acos(x) - Returns the inverse cosine of x; NaN outside -1 to 1.",
       {{"SELECT acos(1)", {"0.0"}}}},
      {"atan",
       of_double([](double x) { return std::atan(x); }),
       "atan(x) - Returns the inverse tangent of x.",
       {{"SELECT atan(0)", {"0.0"}}}},
      {"sinh",
       of_double([](double x) { return std::sinh(x); }),
       "sinh(x) - Returns the hyperbolic sine of x.",
       {{"SELECT sinh(0)", {"0.0"}}}},
      {"cosh",
       of_double([](double x) { return std::cosh(x); }),
       "cosh(x) - Returns the hyperbolic cosine of x.",
       {{"SELECT cosh(0)", {"1.0"}}}},
      {"tanh",
       of_double([](double x) { return std::tanh(x); }),
       "tanh(x) - Returns the hyperbolic tangent of x.",
       {{"SELECT tanh(0)", {"0.0"}}}},
      // The formulas below are Spark's, so that the last digits agree.
      {"asinh",
       of_double([](double x) { return std::isinf(x) && x < 0 ? x : std::log(x + std::sqrt(x * x + 1.0)); }),
       "asinh(x) - Returns the inverse hyperbolic sine of x.",
       {{"SELECT asinh(0)", {"0.0"}}},
       "3.0.0"},
      {"acosh",
       of_double([](double x) { return std::log(x + std::sqrt(x * x - 1.0)); }),
       "acosh(x) - Returns the inverse hyperbolic cosine of x.",
       {{"SELECT acosh(1)", {"0.0"}}},
       "3.0.0"},
      {"atanh",
       of_double([](double x) { return 0.5 * (std::log1p(x) - std::log1p(-x)); }),
       "atanh(x) - Returns the inverse hyperbolic tangent of x.",
       {{"SELECT atanh(0)", {"0.0"}}},
       "3.0.0"},
      {"degrees",
       of_double([](double x) { return x * (180.0 / pi); }),
       "degrees(x) - Converts radians to degrees.",
       {{"SELECT degrees(pi())", {"180.0"}}}},
      {"radians",
       of_double([](double x) { return x * (pi / 180.0); }),
       "radians(x) - Converts degrees to radians.",
       {{"SELECT radians(180)", {"3.141592653589793"}}}},
      {"rint",
       of_double([](double x) { return std::nearbyint(x); }),
       "rint(x) - Returns the whole number next to x, the even one of two.",
       {{"SELECT rint(2.5)", {"2.0"}}}},
      {"atan2",
       of_two_doubles([](double y, double x) { return std::atan2(y + 0.0, x + 0.0); }),
       "atan2(y, x) - Returns the angle, in radians, between the x axis and the point (x, y).",
       {{"SELECT atan2(0, 1)", {"0.0"}}}},
      {"hypot",
       of_two_doubles([](double a, double b) { return std::hypot(a, b); }),
       "hypot(a, b) - Returns the square root of a * a + b * b.",
       {{"SELECT hypot(3, 4)", {"5.0"}}}},
      {"pow",
       of_two_doubles([](double a, double b) {
         // Java has no value for 1 to the power of NaN or infinity where C has 1.
         if (std::isnan(b) || (std::fabs(a) == 1.0 && std::isinf(b))) {
           return std::numeric_limits<double>::quiet_NaN();
         }
         return std::pow(a, b);
       }),
       "pow(a, b) - Returns a to the power of b.",
       {{"SELECT pow(2, 10)", {"1024.0"}}},
       "1.4.0",
       {"power"}},
      {"e",
       constant(std::numbers::e),
       "e() - Returns Euler's number.",
       {{"SELECT e()", {"2.718281828459045"}}},
       "1.5.0"},
      {"pi", constant(pi), "pi() - Returns pi.", {{"SELECT pi()", {"3.141592653589793"}}}, "1.5.0"},
      {"signum",
       of_double([](double x) { return x > 0   ? 1.0
                                       : x < 0 ? -1.0
                                               : x; }),
       "signum(x) - Returns -1.0, 0.0 or 1.0: the sign of x.",
       {{"SELECT signum(40)", {"1.0"}}},
       "1.4.0",
       {"sign"}},
      {"factorial",
       signature({TypeId::kInt}, TypeId::kBigint, [](const CallInput&) { return rowwise<int32_t>(factorial); },
                 {.nullable = true}),
       "factorial(n) - Returns n!, for n from 0 to 20; NULL outside.",
       {{"SELECT factorial(5)", {"120"}}, {"SELECT factorial(21)", {"NULL"}}},
       "1.5.0"},
      {"bin",
       signature({TypeId::kBigint}, DataType::string(),
                 [](const CallInput&) { return rowwise<int64_t>(to_binary_digits); }),
       "bin(n) - Returns the binary digits of n, in two's complement.",
       {{"SELECT bin(13)", {"1101"}}},
       "1.5.0"},
      {"conv",
       signature({TypeClass::kString, TypeId::kInt, TypeId::kInt}, DataType::string(),
                 [](const CallInput& input) {
                   return rowwise<string_view, int32_t, int32_t>([ansi = input.context->ansi, origin = input.origin](
                                                                     string_view digits, int32_t from, int32_t to) {
                     return convert_base(digits, from, to, ansi, origin);
                   });
                 },
                 {.can_fail = true, .nullable = true}),
       "conv(digits, from_base, to_base) - Converts a number between bases of 2 to 36; a negative to_base prints "
       "signed "
       "numbers.",
       {{"SELECT conv('100', 2, 10)", {"4"}}, {"SELECT conv('-10', 16, -10)", {"-16"}}},
       "1.5.0"},
      {"width_bucket",
       signature({TypeId::kDouble, TypeId::kDouble, TypeId::kDouble, TypeId::kBigint}, TypeId::kBigint,
                 [](const CallInput&) { return rowwise<double, double, double, int64_t>(width_bucket); },
                 {.nullable = true}),
       "width_bucket(value, low, high, n) - Returns the bucket, from 1, that value falls into when low to high is cut "
       "into n "
       "equal ones; 0 and n + 1 outside.",
       {{"SELECT width_bucket(5.3, 0.2, 10.6, 5)", {"3"}}, {"SELECT width_bucket(8.1, 0.0, 5.7, 4)", {"5"}}},
       "3.1.0"},
  };
  for (auto& entry : entries) {
    registry.add(ScalarFunction{.name = entry.name,
                                .bind = std::move(entry.bind),
                                .documentation = {.group = "math_funcs",
                                                  .usage = entry.usage,
                                                  .examples = std::move(entry.examples),
                                                  .since = entry.since},
                                .aliases = std::move(entry.aliases)});
  }
  registry.add(ScalarFunction{
      .name = "rand",
      .bind = random_numbers(&JavaRandom::next_double),
      .documentation = {.group = "math_funcs",
                        .usage = "rand([seed]) - Returns random numbers, evenly spread from 0 (included) to 1.",
                        .examples = {{"SELECT rand(0)", {"0.7604953758285915"}}},
                        .since = "1.5.0"},
      .aliases = {"random"},
      .is_deterministic = false});
  registry.add(ScalarFunction{
      .name = "randn",
      .bind = random_numbers(&JavaRandom::next_gaussian),
      .documentation = {.group = "math_funcs",
                        .usage = "randn([seed]) - Returns random numbers of the standard normal distribution.",
                        .examples = {{"SELECT randn(0)", {"1.6034991609278433"}}},
                        .since = "1.5.0"},
      .is_deterministic = false});
}

}  // namespace hammerscale::sql
