#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/suggestions.hpp"
#include "sql/analyzer/type_unification.hpp"

namespace hammerscale::sql {

namespace {

std::string operator_name(const SetOperation& operation) {
  std::string name = operation.kind == SetOperationKind::kUnion       ? "UNION"
                     : operation.kind == SetOperationKind::kIntersect ? "INTERSECT"
                                                                      : "EXCEPT";
  if (operation.is_all && operation.kind != SetOperationKind::kUnion) { name += " ALL"; }
  return name;
}

// The inputs with their columns in the order of the first one's names; columns that one lacks become NULLs.
std::vector<PlanPtr> order_by_name(const SetOperation& operation, std::vector<PlanPtr> inputs, Origin origin) {
  std::vector<std::string> names;
  std::vector<DataType> types;
  for (const auto& input : inputs) {
    for (const auto& column : output_of(*input)) {
      const auto known =
          std::ranges::find_if(names, [&](const auto& name) { return same_name(name, named_as(column)); });
      const bool is_first = &input == &inputs.front();
      if (known == names.end() && (is_first || operation.allow_missing_columns)) {
        names.push_back(named_as(column));
        types.push_back(type_of(*column));
      }
    }
  }
  for (auto& input : inputs) {
    const Expressions columns = output_of(*input);
    Expressions list;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto column = std::ranges::find_if(
          columns, [&](const auto& candidate) { return same_name(named_as(candidate), names[i]); });
      if (column != columns.end()) {
        list.push_back(*column);
      } else if (operation.allow_missing_columns) {
        list.push_back(make_expression(Alias{make_null_literal(types[i]), names[i], next_attribute_id()}));
      } else {
        throw SqlError(
            "UNRESOLVED_COLUMN.WITH_SUGGESTION",
            {{"objectName", quote_identifier(names[i])}, {"proposal", suggest_names({names[i]}, names_of(columns))}},
            origin);
      }
    }
    if (!operation.allow_missing_columns && columns.size() > names.size()) {
      throw SqlError("NUM_COLUMNS_MISMATCH",
                     {{"operator", "UNION"},
                      {"firstNumColumns", std::to_string(names.size())},
                      {"invalidOrdinalNum", "second"},
                      {"invalidNumColumns", std::to_string(columns.size())}},
                     origin);
    }
    input = make_plan(Project{input, std::move(list)});
  }
  return inputs;
}

}  // namespace

PlanPtr Resolver::resolve_set_operation(const SetOperation& written, Origin origin) {
  SetOperation operation = written;
  // Chains of unions lean left and can be thousands long.
  if (written.kind == SetOperationKind::kUnion && written.is_all && !written.by_name && written.output.empty()) {
    std::vector<PlanPtr> flat;
    std::vector<PlanPtr> open(written.inputs.rbegin(), written.inputs.rend());
    while (!open.empty()) {
      const PlanPtr next = open.back();
      open.pop_back();
      const auto* inner = next->get_if<SetOperation>();
      if (inner != nullptr && inner->kind == SetOperationKind::kUnion && inner->is_all && !inner->by_name &&
          inner->output.empty()) {
        open.insert(open.end(), inner->inputs.rbegin(), inner->inputs.rend());
      } else {
        flat.push_back(next);
      }
    }
    operation.inputs = std::move(flat);
  }
  for (auto& input : operation.inputs) { input = resolve(input); }
  if (!written.output.empty()) { return make_plan(std::move(operation), origin); }
  if (operation.by_name) {
    operation.inputs = order_by_name(operation, std::move(operation.inputs), origin);
    operation.by_name = false;
    operation.allow_missing_columns = false;
  }
  const Expressions first = output_of(*operation.inputs.front());
  std::vector<Expressions> columns;
  for (std::size_t n = 0; n < operation.inputs.size(); ++n) {
    columns.push_back(output_of(*operation.inputs[n]));
    if (columns.back().size() == first.size()) { continue; }
    throw SqlError("NUM_COLUMNS_MISMATCH",
                   {{"operator", operator_name(operation)},
                    {"firstNumColumns", std::to_string(first.size())},
                    {"invalidOrdinalNum", ordinal_word(n + 1)},
                    {"invalidNumColumns", std::to_string(columns.back().size())}},
                   origin);
  }
  std::vector<DataType> types;
  for (std::size_t c = 0; c < first.size(); ++c) {
    std::vector<DataType> given;
    bool nullable = false;
    for (const auto& input : columns) {
      given.push_back(type_of(*input[c]));
      nullable = nullable || is_nullable(*input[c]);
    }
    // INTERSECT's rows are in both inputs, EXCEPT's in the first.
    if (operation.kind == SetOperationKind::kExcept) { nullable = is_nullable(*first[c]); }
    if (operation.kind == SetOperationKind::kIntersect) {
      nullable = std::ranges::all_of(columns, [&](const auto& input) { return is_nullable(*input[c]); });
    }
    const auto common = common_type_of(given);
    if (!common) {
      std::size_t other = 1;
      while (other + 1 < given.size() && common_type_of(std::vector<DataType>{given[0], given[other]})) { ++other; }
      throw SqlError("INCOMPATIBLE_COLUMN_TYPE",
                     {{"operator", operator_name(operation)},
                      {"columnOrdinalNumber", ordinal_word(c + 1)},
                      {"tableOrdinalNumber", ordinal_word(other + 1)},
                      {"dataType1", "\"" + given[other].to_sql() + "\""},
                      {"dataType2", "\"" + given[0].to_sql() + "\""},
                      {"hint", ""}},
                     origin);
    }
    types.push_back(*common);
    if (operation.kind == SetOperationKind::kUnion) {
      for (const auto& input : columns) { nullable = nullable || is_nullable(*cast_implicitly(input[c], *common)); }
    }
    if (operation.kind != SetOperationKind::kUnion || !operation.is_all) {
      if (common->id() == TypeId::kVariant) {
        throw SqlError("UNSUPPORTED_FEATURE.SET_OPERATION_ON_VARIANT_TYPE",
                       {{"colName", quote_identifier(named_as(first[c]))}, {"dataType", "\"VARIANT\""}}, origin);
      }
    }
    operation.output.push_back(
        make_expression(Attribute{named_as(first[c]), *common, nullable, next_attribute_id(), {}}));
  }
  for (auto& input : operation.inputs) { input = cast_columns(std::move(input), types); }
  return make_plan(std::move(operation), origin);
}

}  // namespace hammerscale::sql
