#include <cmath>
#include <limits>

#include "sql/types/cast_loop.hpp"
#include "sql/types/decimal.hpp"

namespace hammerscale::sql {
namespace {

template <typename T>
constexpr bool kIsFloating = std::is_same_v<T, float> || std::is_same_v<T, double>;

/// Java's narrowing of a floating-point number: NaN is 0, and what is too large the largest.
template <typename To>
To saturate(double value) {
  // The limits as doubles: the upper one of 64 bits is 2^63 itself.
  constexpr double kLow = static_cast<double>(std::numeric_limits<To>::min());
  constexpr double kHigh = static_cast<double>(std::numeric_limits<To>::max());
  if (!(value > kLow)) { return std::isnan(value) ? To{0} : std::numeric_limits<To>::min(); }
  return value >= kHigh ? std::numeric_limits<To>::max() : static_cast<To>(value);
}

/// Whether the whole part is a value of the type.
template <typename To>
bool whole_part_fits(double value) {
  return std::floor(value) <= static_cast<double>(std::numeric_limits<To>::max()) &&
         std::ceil(value) >= static_cast<double>(std::numeric_limits<To>::min());
}

template <typename From, typename To>
CastLoop integral_to_integral(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const auto convert = [](From value) { return static_cast<To>(value); };
    if (sizeof(To) >= sizeof(From) || cast.is_legacy()) {
      map_rows<From, To>(input, rows, result, convert);
    } else {
      map_checked_rows<From, To>(
          input, rows, result, [&](From value) { return static_cast<From>(static_cast<To>(value)) == value; }, convert,
          [&](std::int32_t row) { cast.overflow(input, row, result); });
    }
  };
}

template <typename From, typename To>
CastLoop floating_to_integral(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    if (cast.is_legacy()) {
      // Narrower types go through int, as Java's conversions do.
      using Middle = std::conditional_t<(sizeof(To) < 4), std::int32_t, To>;
      map_rows<From, To>(input, rows, result,
                         [](From value) { return static_cast<To>(saturate<Middle>(static_cast<double>(value))); });
    } else {
      map_checked_rows<From, To>(
          input, rows, result, [](From value) { return whole_part_fits<To>(static_cast<double>(value)); },
          [](From value) { return saturate<To>(static_cast<double>(value)); },
          [&](std::int32_t row) { cast.overflow(input, row, result); });
    }
  };
}

template <typename From, typename To>
CastLoop decimal_to_integral(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const auto whole = [scale = cast.from.scale()](From value) {
      return divide_rounded(value, kPowersOfTen[static_cast<std::size_t>(scale)], RoundingMode::kDown);
    };
    if (cast.is_legacy()) {
      map_rows<From, To>(input, rows, result, [&](From value) { return static_cast<To>(whole(value)); });
    } else {
      try_map_rows<From, To>(
          input, rows, result,
          [&](From value) -> std::optional<To> {
            const Int128 number = whole(value);
            return number == static_cast<To>(number) ? std::optional<To>(static_cast<To>(number)) : std::nullopt;
          },
          [&](std::int32_t row) { cast.overflow(input, row, result); });
    }
  };
}

template <typename From, typename To>
CastLoop integral_to_decimal(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const int scale = cast.to.scale();
    const int whole_digits = cast.to.precision() - scale;
    const auto factor = static_cast<To>(kPowersOfTen[static_cast<std::size_t>(scale)]);
    if (whole_digits > std::numeric_limits<From>::digits10) {
      map_rows<From, To>(input, rows, result,
                         [factor](From value) { return static_cast<To>(static_cast<To>(value) * factor); });
      return;
    }
    const Int128 limit = kPowersOfTen[static_cast<std::size_t>(whole_digits)];
    map_checked_rows<From, To>(
        input, rows, result, [limit](From value) { return value < limit && value > -limit; },
        [factor](From value) {
          return static_cast<To>(static_cast<UInt128>(static_cast<Int128>(value)) * static_cast<UInt128>(factor));
        },
        [&](std::int32_t row) { cast.out_of_range(std::to_string(ColumnReader<From>(input)[row]), row, result); });
  };
}

template <typename From, typename To>
CastLoop decimal_to_decimal(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const int from_scale = cast.from.scale();
    const int to_scale = cast.to.scale();
    const bool keeps_whole_digits = cast.to.precision() - to_scale >= cast.from.precision() - from_scale;
    if (keeps_whole_digits && to_scale >= from_scale) {
      const auto factor = static_cast<To>(kPowersOfTen[static_cast<std::size_t>(to_scale - from_scale)]);
      map_rows<From, To>(input, rows, result,
                         [factor](From value) { return static_cast<To>(static_cast<To>(value) * factor); });
      return;
    }
    try_map_rows<From, To>(
        input, rows, result, [&](From value) { return rescale(value, from_scale, to_scale, cast.to.precision()); },
        [&](std::int32_t row) {
          std::string text;
          append_decimal(text, ColumnReader<From>(input)[row], from_scale);
          cast.out_of_range(text, row, result);
        });
  };
}

/// "10000000000" for 1e10: the digits that Java prints, without an exponent.
std::string plain_digits(double value) {
  std::string text;
  append_double(text, value);
  const std::size_t mark = text.find('E');
  if (mark == text.npos) { return text; }
  std::string digits;
  for (std::size_t i = 0; i < mark; ++i) {
    if (text[i] != '.' && text[i] != '-') { digits += text[i]; }
  }
  if (digits.size() == 2 && digits[1] == '0') { digits.pop_back(); }
  const int exponent = std::stoi(text.substr(mark + 1));
  std::string out = value < 0 ? "-" : "";
  if (exponent < 0) { return out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits); }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) { return out.append(digits).append(whole - digits.size(), '0'); }
  return out.append(digits, 0, whole).append(".").append(digits, whole);
}

template <typename From, typename To>
CastLoop floating_to_decimal(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    try_map_rows<From, To>(
        input, rows, result,
        [&](From value) {
          return decimal_from_double(static_cast<double>(value), cast.to.precision(), cast.to.scale());
        },
        [&](std::int32_t row) {
          const auto value = static_cast<double>(ColumnReader<From>(input)[row]);
          if (std::isfinite(value)) {
            cast.out_of_range(plain_digits(value), row, result);
          } else {
            result.set_null(row);
          }
        });
  };
}

template <typename From, typename To>
CastLoop number_to_number(const CastCase& cast) {
  const bool from_decimal = cast.from.is_decimal();
  if constexpr (kIsFloating<From> && kIsFloating<To>) {
    return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
      map_rows<From, To>(input, rows, result, [](From value) { return static_cast<To>(value); });
    };
  } else if constexpr (kIsFloating<From>) {
    if (cast.to.is_decimal()) { return floating_to_decimal<From, To>(cast); }
    if constexpr (!std::is_same_v<To, Int128>) { return floating_to_integral<From, To>(cast); }
  } else if constexpr (kIsFloating<To>) {
    if (from_decimal) {
      return [scale = cast.from.scale()](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
        map_rows<From, To>(input, rows, result, [scale](From value) {
          if constexpr (std::is_same_v<To, float>) {
            return decimal_to_float(value, scale);
          } else {
            return decimal_to_double(value, scale);
          }
        });
      };
    }
    return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
      map_rows<From, To>(input, rows, result, [](From value) { return static_cast<To>(value); });
    };
  } else {
    if constexpr (std::is_same_v<From, std::int64_t> || std::is_same_v<From, Int128>) {
      if (from_decimal && cast.to.is_decimal()) {
        if constexpr (sizeof(To) >= 8) { return decimal_to_decimal<From, To>(cast); }
      }
      if constexpr (!std::is_same_v<To, Int128>) {
        if (from_decimal) { return decimal_to_integral<From, To>(cast); }
      }
    }
    if constexpr (!std::is_same_v<From, Int128>) {
      if constexpr (sizeof(To) >= 8) {
        if (cast.to.is_decimal()) { return integral_to_decimal<From, To>(cast); }
      }
      if constexpr (!std::is_same_v<To, Int128>) { return integral_to_integral<From, To>(cast); }
    }
  }
  return {};
}

CastLoop to_boolean(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    with_number_type(cast.from.physical(), [&](auto zero) {
      using From = std::remove_cvref_t<decltype(zero)>;
      const ColumnReader<From> reader(input);
      std::uint64_t* out = result.mutable_bits();
      rows.for_each([&](std::int32_t row) { bitmap::assign(out, row, reader[row] != From{0}); });
    });
  };
}

CastLoop from_boolean(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const ColumnReader<bool> reader(input);
    const int scale = cast.to.is_decimal() ? cast.to.scale() : 0;
    const bool one_fits = !cast.to.is_decimal() || cast.to.precision() > scale;
    with_number_type(cast.to.physical(), [&](auto zero) {
      using To = std::remove_cvref_t<decltype(zero)>;
      To* out = result.mutable_values<To>();
      const auto one = static_cast<To>(kPowersOfTen[static_cast<std::size_t>(scale)]);
      rows.for_each([&](std::int32_t row) {
        const bool value = reader[row];
        if (value && !one_fits) {
          cast.out_of_range("1", row, result);
        } else {
          out[row] = value ? one : To{0};
        }
      });
    });
  };
}

/// Before ANSI mode integers become their bytes, most significant first.
CastLoop integral_to_binary(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    with_number_type(cast.from.physical(), [&](auto zero) {
      using From = std::remove_cvref_t<decltype(zero)>;
      const ColumnReader<From> reader(input);
      StringView* out = result.mutable_values<StringView>();
      rows.for_each([&](std::int32_t row) {
        char bytes[sizeof(From)];
        for (std::size_t i = 0; i < sizeof(From); ++i) {
          bytes[i] = static_cast<char>(static_cast<std::int64_t>(reader[row]) >> (8 * (sizeof(From) - 1 - i)));
        }
        out[row] = StringView(std::string_view(bytes, sizeof(From)));
      });
    });
  };
}

}  // namespace

CastLoop make_cast_of_numbers(const CastCase& cast) {
  if (cast.to.id() == TypeId::kBinary) { return integral_to_binary(cast); }
  if (cast.to.id() == TypeId::kBoolean) { return to_boolean(cast); }
  if (cast.from.id() == TypeId::kBoolean) { return from_boolean(cast); }
  return with_number_type(cast.from.physical(), [&](auto from) {
    return with_number_type(cast.to.physical(), [&](auto to) {
      return number_to_number<std::remove_cvref_t<decltype(from)>, std::remove_cvref_t<decltype(to)>>(cast);
    });
  });
}

}  // namespace hammerscale::sql
