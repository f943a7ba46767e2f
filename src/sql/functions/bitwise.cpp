#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;

/// Calls f with a value of the C++ type of an integral SQL type.
template <typename F>
Evaluate for_integral(const DataType& type, F f) {
  switch (type.id()) {
    case TypeId::kTinyint: return f(std::int8_t{});
    case TypeId::kSmallint: return f(std::int16_t{});
    case TypeId::kInt: return f(int32_t{});
    default: return f(int64_t{});
  }
}

/// & | ^ of two integers of one type.
template <typename Operation>
BindFunction bind_binary(Operation operation) {
  return [operation](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    const auto left = expect_argument(input, 0, TypeClass::kIntegral);
    const auto right = expect_argument(input, 1, TypeClass::kIntegral);
    const DataType type = left.id() > right.id() ? left : right;
    return BoundFunction{.type = type,
                         .nullable = any_nullable(input),
                         .argument_types = {type, type},
                         .evaluate = for_integral(type, [operation]<typename T>(T) {
                           return rowwise<T, T>([operation](T a, T b) { return static_cast<T>(operation(a, b)); });
                         })};
  };
}

BoundFunction bind_not(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto type = expect_argument(input, 0, TypeClass::kIntegral);
  return BoundFunction{.type = type,
                       .nullable = any_nullable(input),
                       .argument_types = {type},
                       .evaluate = for_integral(type, []<typename T>(T) {
                         return rowwise<T>([](T value) { return static_cast<T>(~value); });
                       })};
}

enum class Shift : std::uint8_t { kLeft, kRight, kRightUnsigned };

template <typename T>
T shift(T value, int32_t places, Shift direction) {
  // As Java: only as many low bits of the count as the type has places.
  const auto count = static_cast<unsigned>(places) & (sizeof(T) * 8 - 1);
  using U = std::make_unsigned_t<T>;
  switch (direction) {
    case Shift::kLeft: return static_cast<T>(static_cast<U>(value) << count);
    case Shift::kRight: return static_cast<T>(value >> count);
    case Shift::kRightUnsigned: return static_cast<T>(static_cast<U>(value) >> count);
  }
  return value;
}

BindFunction bind_shift(Shift direction) {
  return [direction](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    const DataType type =
        input.types[0].id() == TypeId::kBigint ? input.types[0] : expect_argument(input, 0, TypeId::kInt);
    return BoundFunction{.type = type,
                         .nullable = any_nullable(input),
                         .argument_types = {type, expect_argument(input, 1, TypeId::kInt)},
                         .evaluate = type.id() == TypeId::kBigint
                                         ? rowwise<int64_t, int32_t>([direction](int64_t value, int32_t places) {
                                             return shift(value, places, direction);
                                           })
                                         : rowwise<int32_t, int32_t>([direction](int32_t value, int32_t places) {
                                             return shift(value, places, direction);
                                           })};
  };
}

BoundFunction bind_bit_count(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound{.type = TypeId::kInt, .nullable = any_nullable(input), .argument_types = {}, .evaluate = {}};
  if (input.types[0].id() == TypeId::kBoolean) {
    bound.argument_types = {TypeId::kBoolean};
    bound.evaluate = rowwise<bool>([](bool value) { return static_cast<int32_t>(value); });
    return bound;
  }
  const auto type = expect_argument(input, 0, TypeClass::kIntegral);
  bound.argument_types = {type};
  bound.evaluate = for_integral(type, []<typename T>(T) {
    // Of the value widened to 64 bits: -1 has 64, whatever its type.
    return rowwise<T>(
        [](T value) { return static_cast<int32_t>(std::popcount(static_cast<std::uint64_t>(int64_t{value}))); });
  });
  return bound;
}

BoundFunction bind_bit_get(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto type = expect_argument(input, 0, TypeClass::kIntegral);
  return BoundFunction{
      .type = TypeId::kTinyint,
      .nullable = any_nullable(input),
      .argument_types = {type, expect_argument(input, 1, TypeId::kInt)},
      .can_fail = true,
      .evaluate = for_integral(type, [&]<typename T>(T) {
        return rowwise<T, int32_t>([name = std::string(input.name), origin = input.origin](T value, int32_t position) {
          constexpr int32_t kBits = sizeof(T) * 8;
          if (position < 0 || position >= kBits) {
            throw SqlError("INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE",
                           {{"functionName", "`" + name + "`"},
                            {"parameter", "`pos`"},
                            {"upper", std::to_string(kBits)},
                            {"invalidValue", std::to_string(position)}},
                           origin);
          }
          return static_cast<std::int8_t>((static_cast<std::make_unsigned_t<T>>(value) >> position) & 1U);
        });
      })};
}

}  // namespace

void add_bitwise_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "bitwise_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases)});
  };
  add("&", bind_binary([](auto a, auto b) { return a & b; }), "a & b - Returns the bits that are set in both.",
      {{"SELECT 6 & 3", {"2"}}}, "1.4.0");
  add("|", bind_binary([](auto a, auto b) { return a | b; }), "a | b - Returns the bits that are set in either.",
      {{"SELECT 6 | 3", {"7"}}}, "1.4.0");
  add("^", bind_binary([](auto a, auto b) { return a ^ b; }),
      "a ^ b - Returns the bits that are set in one of the two.", {{"SELECT 6 ^ 3", {"5"}}}, "1.4.0");
  add("~", bind_not, "~ a - Returns a with every bit turned.", {{"SELECT ~ 0", {"-1"}}}, "1.4.0");
  add("shiftleft", bind_shift(Shift::kLeft),
      "shiftleft(a, n) - Returns a with its bits moved n places to the left.\na << n - "
      "The same.",
      {{"SELECT shiftleft(3, 2)", {"12"}}, {"SELECT 3 << 2", {"12"}}}, "1.5.0", {"<<"});
  add("shiftright", bind_shift(Shift::kRight),
      "shiftright(a, n) - Returns a with its bits moved n places to the right, the sign "
      "bit kept.\na >> n - The same.",
      {{"SELECT shiftright(-8, 1)", {"-4"}}, {"SELECT -8 >> 1", {"-4"}}}, "1.5.0", {">>"});
  add("shiftrightunsigned", bind_shift(Shift::kRightUnsigned),
      "shiftrightunsigned(a, n) - Returns a with its bits moved n "
      "places to the right and zeros put in.\na >>> n - The same.",
      {{"SELECT shiftrightunsigned(-8, 1)", {"2147483644"}}}, "1.5.0", {">>>"});
  add("bit_count", bind_bit_count, "bit_count(a) - Returns how many bits of a are set, as a 64-bit number.",
      {{"SELECT bit_count(7)", {"3"}}, {"SELECT bit_count(-1)", {"64"}}}, "3.0.0");
  add("bit_get", bind_bit_get, "bit_get(a, pos) - Returns bit number pos of a, 0 being the lowest.",
      {{"SELECT bit_get(5, 2)", {"1"}}}, "3.2.0", {"getbit"});
}

}  // namespace hammerscale::sql
