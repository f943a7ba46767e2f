#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/type_unification.hpp"

namespace hammerscale::sql {

namespace {

std::string listed(const Expressions& expressions) {
  std::string text;
  for (const auto& expression : expressions) { text += (text.empty() ? "\"" : ", \"") + to_sql(*expression) + "\""; }
  return text;
}

std::string listed_types(const Expressions& expressions) {
  std::string text;
  for (const auto& expression : expressions) {
    text += (text.empty() ? "\"" : ", \"") + type_of(*expression).to_sql() + "\"";
  }
  return text;
}

}  // namespace

ExpressionPtr Resolver::resolve_subquery(const SubqueryExpression& written, Place& place, Origin origin) {
  SubqueryExpression subquery = written;
  // A struct of values beside several columns compares column by column.
  if (subquery.kind == SubqueryKind::kIn && subquery.values.size() == 1) {
    if (const auto* row = subquery.values[0]->get_if<UnresolvedFunction>();
        row != nullptr && row->name.size() == 1 && row->name[0] == "struct") {
      const Expressions parts = row->arguments;
      subquery.values = parts;
    }
  }
  for (auto& value : subquery.values) { value = resolve_expression(value, place); }

  NameScope scope = place.names;
  if (place.inside_aggregate && !place.aggregate_levels.empty()) {
    scope.levels.insert(scope.levels.begin(), place.aggregate_levels.begin(), place.aggregate_levels.end());
  }
  if (!place.lateral_aliases.empty()) {
    Expressions aliases;
    for (const auto& alias : place.lateral_aliases) {
      if (!contains_aggregate(alias) && !contains_window(alias)) { aliases.push_back(to_attribute(alias)); }
    }
    scope.levels.push_back(std::move(aliases));
  }
  const NameScope* outer_scope = std::exchange(outer_, &scope);
  auto outer_windows = std::exchange(windows_, {});
  subquery.plan = resolve(written.plan);
  outer_ = outer_scope;
  windows_ = std::move(outer_windows);

  // Aliases of the same select list are written out: their attributes exist only above.
  std::map<AttributeId, ExpressionPtr> aliases;
  for (const auto& alias : place.lateral_aliases) { aliases[id_of(alias)] = alias->get_if<Alias>()->child; }
  if (!aliases.empty()) { subquery.plan = replace_attributes(subquery.plan, aliases); }

  // References that this query's own columns answer are plain; those to queries further out stay outer here too.
  subquery.outer_references.clear();
  std::set<AttributeId> own;
  for (const auto* levels : {&place.names.levels, &place.aggregate_levels}) {
    for (const auto& level : *levels) {
      for (const auto& column : level) { own.insert(id_of(column)); }
    }
  }
  for (const auto& attribute : outer_references_of(subquery.plan)) {
    const bool is_own = own.contains(id_of(attribute));
    subquery.outer_references.push_back(is_own ? attribute
                                               : make_expression(OuterReference{attribute}, attribute->origin));
  }

  const Expressions columns = output_of(*subquery.plan);
  if (subquery.kind == SubqueryKind::kScalar && columns.size() != 1) {
    throw SqlError("INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                   {{"number", std::to_string(columns.size())}}, origin);
  }
  if (subquery.kind == SubqueryKind::kIn) {
    if (columns.size() != subquery.values.size()) {
      throw SqlError("DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                     {{"sqlExpr", "\"" + to_sql(Expression{subquery, origin}) + "\""},
                      {"leftLength", std::to_string(subquery.values.size())},
                      {"rightLength", std::to_string(columns.size())},
                      {"leftColumns", "[" + listed(subquery.values) + "]"},
                      {"rightColumns", "[" + listed(columns) + "]"}},
                     origin);
    }
    std::vector<DataType> types;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto common = common_type_of(Expressions{subquery.values[i], columns[i]});
      if (!common) {
        throw SqlError("DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
                       {{"sqlExpr", "\"" + to_sql(Expression{subquery, origin}) + "\""},
                        {"mismatchedColumns", "(" + listed({subquery.values[i], columns[i]}) + ")"},
                        {"leftType", "[" + listed_types(subquery.values) + "]"},
                        {"rightType", "[" + listed_types(columns) + "]"}},
                       origin);
      }
      types.push_back(*common);
      subquery.values[i] = cast_implicitly(subquery.values[i], *common);
    }
    subquery.plan = cast_columns(std::move(subquery.plan), types);
  }
  return make_expression(std::move(subquery), origin);
}

}  // namespace hammerscale::sql
