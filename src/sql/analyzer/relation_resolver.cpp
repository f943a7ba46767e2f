#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/constant_evaluator.hpp"
#include "sql/analyzer/identifier.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/type_unification.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::size_t kMostNestedViews = 100;  // spark.sql.view.maxNestedViewDepth

Expressions attributes_of(const Schema& schema) {
  Expressions attributes;
  for (const Field& field : schema) {
    attributes.push_back(make_expression(Attribute{field.name, field.type, field.nullable, next_attribute_id(), {}}));
  }
  return attributes;
}

// A Project that gives the plan's columns other names.
PlanPtr rename_columns(const PlanPtr& plan, const std::vector<std::string>& names) {
  const Expressions columns = output_of(*plan);
  Expressions list;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    list.push_back(i < names.size() ? make_expression(Alias{columns[i], names[i], next_attribute_id()}) : columns[i]);
  }
  return make_plan(Project{plan, std::move(list)});
}

std::string types_text(const Expressions& values) {
  std::string text;
  for (const auto& value : values) { text += (text.empty() ? "\"" : ", \"") + type_of(*value).to_sql() + "\""; }
  return text;
}

}  // namespace

PlanPtr Resolver::resolve_relation(const UnresolvedRelation& relation, Origin origin) {
  NameParts name = relation.name;
  if (relation.identifier) {
    Place nothing;
    NameParts parts = parse_identifier(constant_value(resolve_expression(relation.identifier, nothing)),
                                       *relation.identifier, origin);
    parts.insert(parts.end(), name.begin(), name.end());
    name = std::move(parts);
  }
  if (name.size() == 1 && !relation.version && !relation.timestamp) {
    for (auto scope = ctes_.rbegin(); scope != ctes_.rend(); ++scope) {
      for (auto entry = scope->rbegin(); entry != scope->rend(); ++entry) {
        if (same_name(entry->name, name[0])) { return resolve_cte_reference(*entry); }
      }
    }
  }
  const TablePtr table = context_.catalog->find_relation(name);
  if (!table) {
    if (name.size() > 2 && (name.size() > 3 || context_.catalog->find_catalog(name[0]) == nullptr)) {
      throw SqlError("REQUIRES_SINGLE_PART_NAMESPACE",
                     {{"sessionCatalog", context_.catalog->current_catalog()}, {"identifier", quote_name(name)}},
                     origin);
    }
    throw SqlError("TABLE_OR_VIEW_NOT_FOUND",
                   {{"relationName", quote_name(name)}, {"searchPath", context_.catalog->search_path()}}, origin);
  }
  if (relation.version || relation.timestamp) {
    throw SqlError("UNSUPPORTED_FEATURE.TIME_TRAVEL", {{"relationId", quote_name(table->name)}}, origin);
  }
  PlanPtr plan = table->is_view() ? resolve_view(table, origin) : resolve_table(table);
  return make_plan(SubqueryAlias{std::move(plan), table->name, {}}, origin);
}

PlanPtr Resolver::resolve_table(const TablePtr& table) {
  context_.catalog->add_source(table->source_key, table->source);
  return make_plan(SourceRelation{attributes_of(table->columns), table->source_key, quote_name(table->name)});
}

PlanPtr Resolver::resolve_view(const TablePtr& view, Origin origin) {
  const std::string name = quote_name(view->name);
  if (std::ranges::find(open_views_, name) != open_views_.end()) {
    std::string path;
    for (const auto& open : open_views_) { path += open + " -> "; }
    throw SqlError("RECURSIVE_VIEW", {{"viewIdent", name}, {"newPath", path + name}}, origin);
  }
  if (open_views_.size() >= kMostNestedViews) {
    throw SqlError("VIEW_EXCEED_MAX_NESTED_DEPTH",
                   {{"viewName", name}, {"maxNestedDepth", std::to_string(kMostNestedViews)}}, origin);
  }
  // A view's text knows nothing of the names around its use, and looks tables up where the view was made.
  auto outer_ctes = std::exchange(ctes_, {});
  auto outer_windows = std::exchange(windows_, {});
  const auto* outer_scope = std::exchange(outer_, nullptr);
  SessionCatalog& catalog = *context_.catalog;
  const NameParts here = {catalog.current_catalog(), catalog.current_database()};
  const bool moves = view->view_database.size() == 2 && view->view_database != here && !view->view_text.empty();
  open_views_.push_back(name);
  const auto restore = [&] {
    open_views_.pop_back();
    if (moves) { catalog.set_current_database(here); }
    ctes_ = std::move(outer_ctes);
    windows_ = std::move(outer_windows);
    outer_ = outer_scope;
  };
  PlanPtr plan;
  try {
    if (moves) { catalog.set_current_database(view->view_database); }
    plan = resolve(view->view_plan);
  } catch (...) {
    restore();
    throw;
  }
  restore();
  // A DataFrame's view is one analysed plan; each use of it needs columns of its own.
  if (plan == view->view_plan) { plan = with_fresh_ids(plan); }
  if (!view->view_columns.empty()) { plan = rename_columns(plan, view->view_columns); }
  if (view->kind == TableKind::kView && !view->columns.empty()) {
    const Expressions columns = output_of(*plan);
    if (columns.size() < view->columns.size()) {
      throw SqlError("INCOMPATIBLE_VIEW_SCHEMA_CHANGE",
                     {{"viewName", name},
                      {"colName", quote_identifier(view->columns.back().name)},
                      {"expectedNum", std::to_string(view->columns.size())},
                      {"actualCols", "[]"},
                      {"suggestion", ""}},
                     origin);
    }
    std::vector<DataType> types;
    for (const Field& field : view->columns) { types.push_back(field.type); }
    plan = cast_columns(
        project_to(plan, Expressions(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(types.size()))),
        types);
  }
  return plan;
}

PlanPtr Resolver::resolve_alias(const SubqueryAlias& alias, Origin origin) {
  PlanPtr child = resolve(alias.child);
  if (!alias.columns.empty()) {
    const auto num_columns = output_of(*child).size();
    if (num_columns != alias.columns.size()) {
      throw SqlError("ASSIGNMENT_ARITY_MISMATCH",
                     {{"numExpr", std::to_string(alias.columns.size())}, {"numTarget", std::to_string(num_columns)}},
                     origin);
    }
    child = rename_columns(child, alias.columns);
  }
  if (child == alias.child && alias.columns.empty()) { return make_plan(alias, origin); }
  return make_plan(SubqueryAlias{std::move(child), alias.alias, {}}, origin);
}

PlanPtr Resolver::resolve_inline_table(const InlineTable& table, Origin origin) {
  std::vector<Expressions> rows;
  const NameScope* outer = outer_;
  for (const auto& written : table.rows) {
    Place place;
    place.names.outer = outer;
    Expressions row;
    for (const auto& cell : written) {
      ExpressionPtr value = resolve_expression(cell, place);
      if (const auto* alias = value->get_if<Alias>()) { value = alias->child; }
      if (contains_aggregate(value) || contains_window(value) || contains_generator(value)) {
        throw SqlError("INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
                       {{"expr", "\"" + to_sql(*value) + "\""}}, cell->origin);
      }
      row.push_back(std::move(value));
    }
    if (!rows.empty() && rows.front().size() != row.size()) {
      throw SqlError("INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                     {{"expectedNumCols", std::to_string(rows.front().size())},
                      {"actualNumCols", std::to_string(row.size())},
                      {"rowIndex", std::to_string(rows.size())}},
                     origin);
    }
    rows.push_back(std::move(row));
  }
  const std::size_t num_columns = rows.front().size();
  LocalRelation local;
  std::vector<DataType> types;
  for (std::size_t c = 0; c < num_columns; ++c) {
    Expressions column;
    bool nullable = false;
    for (const auto& row : rows) {
      column.push_back(row[c]);
      nullable = nullable || is_nullable(*row[c]);
    }
    const auto type = common_type_of(column);
    if (!type) {
      throw SqlError("INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
                     {{"colName", quote_identifier("col" + std::to_string(c + 1))}}, origin);
    }
    types.push_back(*type);
    local.output.push_back(
        make_expression(Attribute{"col" + std::to_string(c + 1), *type, nullable, next_attribute_id(), {}}));
  }
  // Constant rows become a relation; others (rand(), outer columns, subqueries) stay expressions, a row a Project.
  bool is_constant = true;
  for (auto& row : rows) {
    for (std::size_t c = 0; c < num_columns; ++c) {
      row[c] = cast_implicitly(row[c], types[c]);
      is_constant = is_constant && is_foldable(*row[c]);
    }
  }
  if (is_constant) {
    for (const auto& row : rows) {
      Row values;
      for (const auto& cell : row) {
        try {
          values.push_back(constant_value(cell));
        } catch (const SqlError& error) { throw error.origin().known() ? error : SqlError(error.info()); }
      }
      local.rows.push_back(std::move(values));
    }
    return make_plan(std::move(local), origin);
  }
  SetOperation all{.inputs = {},
                   .kind = SetOperationKind::kUnion,
                   .is_all = true,
                   .by_name = false,
                   .allow_missing_columns = false,
                   .output = local.output};
  for (const auto& row : rows) {
    Expressions list;
    for (std::size_t c = 0; c < num_columns; ++c) {
      list.push_back(make_expression(Alias{row[c], named_as(local.output[c]), next_attribute_id()}));
    }
    all.inputs.push_back(make_plan(Project{make_plan(OneRow{}), std::move(list)}, origin));
  }
  if (all.inputs.size() == 1) { return all.inputs.front(); }
  return make_plan(std::move(all), origin);
}

PlanPtr Resolver::resolve_range(const Expressions& arguments, Origin origin) {
  const auto fail = [&] {
    std::string types = types_text(arguments);
    throw SqlError("UNEXPECTED_INPUT_TYPE",
                   {{"functionName", "`range`"},
                    {"paramIndex", "first"},
                    {"requiredType", "\"BIGINT\""},
                    {"inputSql", arguments.empty() ? "\"\"" : "\"" + to_sql(*arguments.front()) + "\""},
                    {"inputType", types}},
                   origin);
  };
  if (arguments.empty() || arguments.size() > 4) {
    throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                   {{"functionName", "`range`"},
                    {"expectedNum", "[1, 2, 3, 4]"},
                    {"actualNum", std::to_string(arguments.size())},
                    {"docroot", "https://spark.apache.org/docs/latest"}},
                   origin);
  }
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const DataType target = i == 3 ? TypeId::kInt : TypeId::kBigint;
    if (!type_of(*arguments[i]).is_numeric() && !type_of(*arguments[i]).is_string()) { fail(); }
    if (!is_foldable(*arguments[i])) {
      throw SqlError("NON_FOLDABLE_ARGUMENT",
                     {{"funcName", "`range`"}, {"paramName", "`start`"}, {"paramType", "\"BIGINT\""}}, origin);
    }
    const Value value = constant_value(cast_implicitly(arguments[i], target));
    if (value.is_null()) {
      throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_NULL",
                     {{"sqlExpr", "\"range\""},
                      {"exprName", i == 0 && arguments.size() == 1 ? "end"
                                   : i == 0                        ? "start"
                                   : i == 1                        ? "end"
                                   : i == 2                        ? "step"
                                                                   : "numSlices"}},
                     origin);
    }
    values.push_back(value.as_int64());
  }
  Range range;
  if (values.size() == 1) {
    range.end = values[0];
  } else {
    range.start = values[0];
    range.end = values[1];
    if (values.size() > 2) { range.step = values[2]; }
    if (values.size() > 3) { range.num_partitions = static_cast<std::int32_t>(values[3]); }
  }
  if (range.step == 0) {
    throw SqlError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                   {{"sqlExpr", "\"range\""},
                    {"exprName", "`step`"},
                    {"valueRange", "a number other than 0"},
                    {"currentValue", "0"}},
                   origin);
  }
  range.output = make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id(), {}});
  return make_plan(std::move(range), origin);
}

PlanPtr Resolver::resolve_table_function(const UnresolvedTableFunction& call, Origin origin) {
  const std::string name = fold_name(call.name.back());
  if (call.name.size() == 1 && name == "range") {
    Place place;
    place.names.outer = outer_;
    return resolve_range(order_arguments("range", resolve_arguments(call.arguments, place),
                                         {"start", "end", "step", "numSlices"}, origin),
                         origin);
  }
  const auto* function = context_.catalog->find_scalar(name);
  if (call.name.size() == 1 && function != nullptr && function->bind_generator) {
    // LATERAL explode(t.a): arguments may name columns to the left, which are outer ones here.
    Generate generate;
    generate.child = make_plan(OneRow{});
    UnresolvedFunction written;
    written.name = call.name;
    written.arguments = call.arguments;
    generate.generator = make_expression(std::move(written), origin);
    return resolve_generate(generate, origin);
  }
  if (const SqlFunctionPtr known = context_.catalog->find_sql_function(call.name)) {
    if (!known->is_table_function) {
      throw SqlError("NOT_A_TABLE_FUNCTION", {{"functionName", quote_name(known->name)}}, origin);
    }
    Place place;
    place.names.outer = outer_;
    std::vector<std::string_view> parameters;
    for (const auto& parameter : known->parameters) { parameters.push_back(parameter.name); }
    const Expressions arguments =
        order_arguments(known->name.back(), resolve_arguments(call.arguments, place), parameters, origin);
    if (arguments.size() != parameters.size()) {
      throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                     {{"functionName", quote_name(known->name)},
                      {"expectedNum", std::to_string(parameters.size())},
                      {"actualNum", std::to_string(arguments.size())},
                      {"docroot", "https://spark.apache.org/docs/latest"}},
                     origin);
    }
    // The query is resolved as a subquery of a row of its parameters, which the arguments then replace.
    NameScope scope;
    scope.levels.emplace_back();
    std::map<AttributeId, ExpressionPtr> replacements;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      Attribute attribute{
          known->parameters[i].name, known->parameters[i].type, true, next_attribute_id(), {known->name.back()}};
      ExpressionPtr argument = cast_implicitly(arguments[i], known->parameters[i].type);
      // Outer references inside the arguments are made outer again by the replacement.
      argument = transform_up(argument, [](const ExpressionPtr& part) {
        const auto* outer = part->get_if<OuterReference>();
        return outer != nullptr ? outer->attribute : part;
      });
      replacements[attribute.id] = std::move(argument);
      scope.levels.front().push_back(make_expression(std::move(attribute)));
    }
    const NameScope* outer_scope = std::exchange(outer_, &scope);
    auto outer_ctes = std::exchange(ctes_, {});
    PlanPtr plan = resolve(known->query);
    ctes_ = std::move(outer_ctes);
    outer_ = outer_scope;
    plan = replace_attributes(plan, replacements);
    if (!known->return_columns.empty()) {
      std::vector<std::string> names;
      std::vector<DataType> types;
      for (const Field& field : known->return_columns) {
        names.push_back(field.name);
        types.push_back(field.type);
      }
      plan = rename_columns(cast_columns(std::move(plan), types), names);
    }
    return make_plan(SubqueryAlias{std::move(plan), {known->name.back()}, {}}, origin);
  }
  if (function != nullptr || context_.catalog->find_aggregate(name) != nullptr) {
    throw SqlError("NOT_A_TABLE_FUNCTION", {{"functionName", quote_name(call.name)}}, origin);
  }
  throw SqlError("UNRESOLVABLE_TABLE_VALUED_FUNCTION", {{"name", quote_name(call.name)}}, origin);
}

}  // namespace hammerscale::sql
