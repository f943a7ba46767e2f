#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/serde/aggregate.hpp"
#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

namespace row_struct_detail {

template <typename T>
inline constexpr bool is_optional = false;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <typename T>
inline constexpr bool is_vector = false;
template <typename T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// The SQL type of a C++ field; columns of a wider or narrower one of the same kind are taken too, when their values
/// fit.
template <typename T>
DataType type_of_field() {
  if constexpr (is_optional<T>) {
    return type_of_field<typename T::value_type>();
  } else if constexpr (is_vector<T>) {
    return DataType::array(type_of_field<typename T::value_type>(), is_optional<typename T::value_type>);
  } else if constexpr (std::same_as<T, bool>) {
    return TypeId::kBoolean;
  } else if constexpr (std::integral<T>) {
    return sizeof(T) == 1   ? TypeId::kTinyint
           : sizeof(T) == 2 ? TypeId::kSmallint
           : sizeof(T) == 4 ? TypeId::kInt
                            : TypeId::kBigint;
  } else if constexpr (std::same_as<T, float>) {
    return TypeId::kFloat;
  } else if constexpr (std::same_as<T, double>) {
    return TypeId::kDouble;
  } else {
    static_assert(std::same_as<T, std::string>,
                  "fields are bool, integers, float, double, std::string, and optionals and vectors of them");
    return TypeId::kString;
  }
}

/// Whether a column's values can go into fields of the type.
template <typename T>
bool takes(const DataType& column) {
  if constexpr (is_optional<T>) {
    return takes<typename T::value_type>(column);
  } else if constexpr (is_vector<T>) {
    return column.id() == TypeId::kArray && takes<typename T::value_type>(column.element());
  } else if constexpr (std::same_as<T, bool>) {
    return column.id() == TypeId::kBoolean;
  } else if constexpr (std::integral<T>) {
    const auto physical = column.physical();
    return !column.is_decimal() && physical >= PhysicalType::kInt8 && physical <= PhysicalType::kInt64;
  } else if constexpr (std::floating_point<T>) {
    return column.is_fractional();
  } else {
    return column.is_string() || column.id() == TypeId::kBinary;
  }
}

template <typename T>
T value_to_field(const Value& value, const std::string& column) {
  if constexpr (is_optional<T>) {
    if (value.is_null()) { return std::nullopt; }
    return value_to_field<typename T::value_type>(value, column);
  } else {
    if (value.is_null()) {
      throw UserError(ErrorCode::kTypeMismatch, "a NULL has no place in the struct; make the field a std::optional",
                      {{"column", column}});
    }
    if constexpr (is_vector<T>) {
      T out;
      for (const auto& element : value.as_list()) {
        out.push_back(value_to_field<typename T::value_type>(element, column));
      }
      return out;
    } else if constexpr (std::same_as<T, bool>) {
      return value.as_bool();
    } else if constexpr (std::integral<T>) {
      const std::int64_t number = value.as_int64();
      if (!std::in_range<T>(number)) {
        throw UserError(ErrorCode::kTypeMismatch, "a value does not fit the struct's field",
                        {{"column", column}, {"value", std::to_string(number)}});
      }
      return static_cast<T>(number);
    } else if constexpr (std::floating_point<T>) {
      return std::holds_alternative<float>(value.holder()) ? static_cast<T>(value.as_float())
                                                           : static_cast<T>(value.as_double());
    } else {
      return value.as_string();
    }
  }
}

template <typename T>
Value field_to_value(const T& field) {
  if constexpr (is_optional<T>) {
    return field ? field_to_value(*field) : Value();
  } else if constexpr (is_vector<T>) {
    Value::List list;
    for (const auto& element : field) { list.push_back(field_to_value(element)); }
    return Value(std::move(list));
  } else if constexpr (std::same_as<T, bool> || std::same_as<T, float> || std::same_as<T, double> ||
                       std::same_as<T, std::string>) {
    return Value(field);
  } else {
    return Value(static_cast<std::int64_t>(field));
  }
}

}  // namespace row_struct_detail

/// The columns that structs of a type make, under the names given.
/// @throws UserError kInvalidArgument  not as many names as fields.
template <typename T>
Schema schema_of_struct(const std::vector<std::string>& names) {
  constexpr std::size_t n = serde_detail::field_count<T>();
  if (names.size() != n) {
    throw UserError(ErrorCode::kInvalidArgument, "there are not as many names as the struct has fields",
                    {{"names", std::to_string(names.size())}, {"fields", std::to_string(n)}});
  }
  using Fields = decltype(serde_detail::tie_fields(std::declval<T&>()));
  Schema schema;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (schema.push_back({names[I],
                       row_struct_detail::type_of_field<std::remove_cvref_t<std::tuple_element_t<I, Fields>>>(),
                       row_struct_detail::is_optional<std::remove_cvref_t<std::tuple_element_t<I, Fields>>>}),
     ...);
  }
  (std::make_index_sequence<n>{});
  return schema;
}

/// @throws UserError kTypeMismatch  rows of the schema cannot become T.
template <typename T>
void check_row_struct(const Schema& schema) {
  constexpr std::size_t n = serde_detail::field_count<T>();
  if (schema.size() != n) {
    throw UserError(ErrorCode::kTypeMismatch, "the struct has not as many fields as there are columns",
                    {{"fields", std::to_string(n)}, {"columns", std::to_string(schema.size())}});
  }
  using Fields = decltype(serde_detail::tie_fields(std::declval<T&>()));
  const auto check = [&](std::size_t i, bool fits) {
    if (!fits) {
      throw UserError(ErrorCode::kTypeMismatch, "a column's type is not that of the struct's field",
                      {{"column", schema[i].name}, {"type", schema[i].type.to_string()}});
    }
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (check(I, row_struct_detail::takes<std::remove_cvref_t<std::tuple_element_t<I, Fields>>>(schema[I].type)), ...);
  }
  (std::make_index_sequence<n>{});
}

template <typename T>
T to_row_struct(const Row& row, const Schema& schema) {
  T out{};
  auto fields = serde_detail::tie_fields(out);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((std::get<I>(fields) =
          row_struct_detail::value_to_field<std::remove_cvref_t<std::tuple_element_t<I, decltype(fields)>>>(
              row[I], schema[I].name)),
     ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(fields)>>{});
  return out;
}

template <typename T>
Row from_row_struct(const T& value) {
  Row row;
  std::apply([&](const auto&... field) { (row.push_back(row_struct_detail::field_to_value(field)), ...); },
             serde_detail::tie_fields(value));
  return row;
}

}  // namespace hammerscale::sql
