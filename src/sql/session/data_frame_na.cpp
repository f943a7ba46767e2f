#include <algorithm>
#include <string>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/sql/data_frame.hpp"
#include "sql/catalog/catalog.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

namespace {

Column column_named(const std::string& name) { return Column(make_expression(UnresolvedAttribute{{name}})); }

/// The fields of those names, or all.
Schema chosen_fields(const DataFrame& frame, const std::vector<std::string>& names) {
  const Schema all = frame.schema();
  if (names.empty()) { return all; }
  Schema chosen;
  for (const auto& name : names) {
    const auto found = std::ranges::find_if(all, [&](const Field& field) { return same_name(field.name, name); });
    if (found == all.end()) {
      throw SqlError("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", {{"objectName", quote_identifier(name)}});
    }
    chosen.push_back(*found);
  }
  return chosen;
}

/// 1 where a column has a value that is no NaN.
Column has_value(const Field& field) {
  const Column column = column_named(field.name);
  const Column present = field.type.is_fractional() ? column.is_not_null() && !column.is_nan() : column.is_not_null();
  return when(present, 1).otherwise(0);
}

enum class Kind : std::uint8_t { kNumber, kText, kFlag, kOther };
Kind kind_of(const DataType& type) {
  return type.is_numeric()               ? Kind::kNumber
         : type.is_string()              ? Kind::kText
         : type.id() == TypeId::kBoolean ? Kind::kFlag
                                         : Kind::kOther;
}
Kind kind_of(const Column& literal) {
  const auto* value = literal.expression()->get_if<Literal>();
  return value == nullptr ? Kind::kOther : kind_of(value->type);
}

}  // namespace

DataFrame DataFrameNa::drop(std::string_view how, const std::vector<std::string>& columns) const {
  if (how != "any" && how != "all") {
    throw UserError(ErrorCode::kInvalidArgument, "how is any or all", {{"how", std::string(how)}});
  }
  const auto count = static_cast<std::int32_t>(chosen_fields(frame_, columns).size());
  return drop(how == "any" ? count : 1, columns);
}

DataFrame DataFrameNa::drop(std::int32_t least_values, const std::vector<std::string>& columns) const {
  const Schema fields = chosen_fields(frame_, columns);
  if (fields.empty()) { return frame_; }
  Column present = has_value(fields[0]);
  for (std::size_t i = 1; i < fields.size(); ++i) { present = present + has_value(fields[i]); }
  return frame_.filter(present >= Column(least_values));
}

DataFrame DataFrameNa::fill(const Column& value, const std::vector<std::string>& columns) const {
  const Schema filled = chosen_fields(frame_, columns);
  std::vector<Column> list;
  for (const auto& field : frame_.schema()) {
    const Column column = column_named(field.name);
    const bool is_chosen =
        std::ranges::any_of(filled, [&](const Field& other) { return same_name(other.name, field.name); });
    if (!is_chosen || kind_of(field.type) != kind_of(value)) {
      list.push_back(column);
      continue;
    }
    const Column replacement = value.cast(field.type);
    const Column known =
        field.type.is_fractional() ? call_function("nanvl", {column, Column(make_null_literal(field.type))}) : column;
    list.push_back(call_function("coalesce", {known, replacement}).cast(field.type).alias(field.name));
  }
  return frame_.select(list);
}

DataFrame DataFrameNa::replace(const std::vector<std::pair<Column, Column>>& values,
                               const std::vector<std::string>& columns) const {
  if (values.empty()) { return frame_; }
  const Schema chosen = chosen_fields(frame_, columns);
  std::vector<Column> list;
  for (const auto& field : frame_.schema()) {
    const Column column = column_named(field.name);
    const bool is_chosen =
        std::ranges::any_of(chosen, [&](const Field& other) { return same_name(other.name, field.name); });
    if (!is_chosen || kind_of(field.type) != kind_of(values[0].first)) {
      list.push_back(column);
      continue;
    }
    Column cases = when(column == values[0].first, values[0].second.cast(field.type));
    for (std::size_t i = 1; i < values.size(); ++i) {
      cases = cases.when(column == values[i].first, values[i].second.cast(field.type));
    }
    list.push_back(cases.otherwise(column).alias(field.name));
  }
  return frame_.select(list);
}

double DataFrameStat::corr(std::string_view a, std::string_view b) const {
  const auto value = frame_.agg({call_function("corr", {col(a), col(b)})}).collect().front()[0];
  return value.is_null() ? 0.0 / 0.0 : value.as_double();
}

double DataFrameStat::cov(std::string_view a, std::string_view b) const {
  const auto value = frame_.agg({call_function("covar_samp", {col(a), col(b)})}).collect().front()[0];
  return value.is_null() ? 0.0 / 0.0 : value.as_double();
}

DataFrame DataFrameStat::crosstab(std::string_view a, std::string_view b) const {
  const Column rows = call_function("coalesce", {col(a).cast(DataType::string()), Column("null")})
                          .alias(std::string(a) + "_" + std::string(b));
  const Column columns = call_function("coalesce", {col(b).cast(DataType::string()), Column("null")}).alias("__column");
  const auto pairs = frame_.select({rows, columns});
  const auto key = column_named(std::string(a) + "_" + std::string(b));
  return pairs.group_by(std::vector<Column>{key}).pivot("__column").count().na().fill(Column(std::int64_t{0}));
}

std::vector<double> DataFrameStat::approx_quantile(std::string_view column, const std::vector<double>& probabilities,
                                                   double relative_error) const {
  if (!(relative_error >= 0)) {
    throw UserError(ErrorCode::kInvalidArgument, "the relative error is not negative",
                    {{"relative_error", std::to_string(relative_error)}});
  }
  std::vector<Column> shares;
  for (const double probability : probabilities) { shares.emplace_back(probability); }
  const double accuracy = relative_error > 0 ? std::min(1 / relative_error, 2147483647.0) : 2147483647.0;
  const auto value = frame_
                         .agg({call_function("approx_percentile", {col(column).cast(DataType(TypeId::kDouble)),
                                                                   call_function("array", shares),
                                                                   Column(static_cast<std::int32_t>(accuracy))})})
                         .collect()
                         .front()[0];
  std::vector<double> out;
  if (!value.is_null()) {
    for (const auto& element : value.as_list()) { out.push_back(element.as_double()); }
  }
  return out;
}

DataFrame DataFrameStat::sample_by(std::string_view column, const std::vector<std::pair<Column, double>>& fractions,
                                   std::int64_t seed) const {
  Column kept(false);
  const Column draw = call_function("rand", {Column(seed)});
  if (!fractions.empty()) {
    Column fraction = when(col(column) == fractions[0].first, Column(fractions[0].second));
    for (std::size_t i = 1; i < fractions.size(); ++i) {
      fraction = fraction.when(col(column) == fractions[i].first, Column(fractions[i].second));
    }
    kept = draw < fraction.otherwise(Column(0.0));
  }
  return frame_.filter(kept);
}

}  // namespace hammerscale::sql
