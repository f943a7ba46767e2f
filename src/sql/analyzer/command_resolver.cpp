#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/identifier.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/suggestions.hpp"
#include "sql/parser/parser.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

std::string column_list(const Schema& columns) {
  std::string text;
  for (const Field& column : columns) { text += (text.empty() ? "" : ", ") + quote_identifier(column.name); }
  return text;
}

std::string column_list(const Expressions& columns) {
  std::string text;
  for (const auto& column : columns) { text += (text.empty() ? "" : ", ") + quote_identifier(named_as(column)); }
  return text;
}

bool is_default(const ExpressionPtr& expression) {
  const auto* name = expression->get_if<UnresolvedAttribute>();
  return name != nullptr && name->parts.size() == 1 && same_name(name->parts[0], "default");
}

// Value of a column that a statement leaves out, unresolved.
ExpressionPtr default_of(const TableInfo& table, std::size_t column) {
  if (column < table.defaults.size() && !table.defaults[column].empty()) {
    return parse_expression(table.defaults[column]);
  }
  return make_null_literal(table.columns[column].type);
}

// DEFAULT in VALUES and in a select list, by position.
PlanPtr replace_defaults(const PlanPtr& query, const TableInfo& table, const std::vector<std::size_t>& targets) {
  const auto replace = [&](const ExpressionPtr& cell, std::size_t position) {
    return is_default(cell) && position < targets.size() ? default_of(table, targets[position]) : cell;
  };
  if (const auto* values = query->get_if<InlineTable>()) {
    InlineTable copy = *values;
    for (auto& row : copy.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) { row[i] = replace(row[i], i); }
    }
    return make_plan(std::move(copy), query->origin);
  }
  if (const auto* project = query->get_if<Project>()) {
    Project copy = *project;
    const bool selects_all_of_values = copy.list.size() == 1 && copy.list[0]->is<UnresolvedStar>();
    if (selects_all_of_values) {
      copy.child = replace_defaults(copy.child, table, targets);
    } else {
      for (std::size_t i = 0; i < copy.list.size(); ++i) { copy.list[i] = replace(copy.list[i], i); }
    }
    return make_plan(std::move(copy), query->origin);
  }
  if (query->is<SubqueryAlias>()) {
    return map_children(query, [&](const PlanPtr& child) { return replace_defaults(child, table, targets); });
  }
  return query;
}

std::size_t column_index(const TableInfo& table, const std::string& name, Origin origin) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (same_name(table.columns[i].name, name)) { return i; }
  }
  std::vector<NameParts> known;
  for (const Field& column : table.columns) { known.push_back({column.name}); }
  throw SqlError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                 {{"objectName", quote_identifier(name)}, {"proposal", suggest_names({name}, std::move(known))}},
                 origin);
}

[[noreturn]] void fail_arity(const TableInfo& table, bool too_many, const Expressions& data, Origin origin) {
  throw SqlError(too_many ? "INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS"
                          : "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS",
                 {{"tableName", quote_name(table.name)},
                  {"tableColumns", column_list(table.columns)},
                  {"dataColumns", column_list(data)}},
                 origin);
}

ExpressionPtr assign(const ExpressionPtr& value, const Field& column, const TableInfo& table, Origin origin) {
  const DataType from = type_of(*value);
  if (!can_store_assign(from, column.type)) {
    throw SqlError("INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
                   {{"tableName", quote_name(table.name)},
                    {"colName", quote_identifier(column.name)},
                    {"srcType", "\"" + from.to_sql() + "\""},
                    {"targetType", "\"" + column.type.to_sql() + "\""}},
                   origin);
  }
  return cast_implicitly(value, column.type);
}

}  // namespace

PlanPtr Resolver::resolve_insert(const InsertInto& written, Origin origin) {
  InsertInto insert = written;
  Place nothing;
  if (insert.table.identifier) {
    NameParts parts = parse_identifier(constant_value(resolve_expression(insert.table.identifier, nothing)),
                                       *insert.table.identifier, origin);
    parts.insert(parts.end(), insert.table.parts.begin(), insert.table.parts.end());
    insert.table = ObjectName{std::move(parts), nullptr};
  }
  const TablePtr table = context_.catalog->find_relation(insert.table.parts);
  if (!table) {
    throw SqlError("TABLE_OR_VIEW_NOT_FOUND",
                   {{"relationName", quote_name(insert.table.parts)}, {"searchPath", context_.catalog->search_path()}},
                   origin);
  }
  if (table->is_view()) {
    throw SqlError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                   {{"viewName", quote_name(table->name)}, {"operation", "INSERT"}}, origin);
  }
  std::map<std::size_t, ExpressionPtr> given;  // Values of static partitions.
  for (auto& [name, value] : insert.partition) {
    const std::size_t column = column_index(*table, name, origin);
    if (value) { given[column] = resolve_expression(value, nothing); }
  }
  std::vector<std::size_t> targets;
  if (!insert.columns.empty()) {
    for (const auto& name : insert.columns) {
      const std::size_t column = column_index(*table, name, origin);
      if (std::ranges::find(targets, column) != targets.end()) {
        throw SqlError("COLUMN_ALREADY_EXISTS", {{"columnName", quote_identifier(name)}}, origin);
      }
      targets.push_back(column);
    }
  } else {
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
      if (!given.contains(i)) { targets.push_back(i); }
    }
  }
  PlanPtr query = resolve(replace_defaults(insert.query, *table, targets));
  const Expressions data = output_of(*query);
  if (insert.by_name) {
    targets.clear();
    for (const auto& column : data) {
      const auto known = std::ranges::find_if(
          table->columns, [&](const Field& field) { return same_name(field.name, named_as(column)); });
      if (known == table->columns.end()) {
        throw SqlError("INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS",
                       {{"tableName", quote_name(table->name)}, {"extraColumns", quote_identifier(named_as(column))}},
                       origin);
      }
      targets.push_back(static_cast<std::size_t>(known - table->columns.begin()));
    }
  }
  if (data.size() != targets.size()) { fail_arity(*table, data.size() > targets.size(), data, origin); }
  Expressions list;
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    const Field& column = table->columns[i];
    ExpressionPtr value;
    if (const auto found = given.find(i); found != given.end()) { value = found->second; }
    if (const auto found = std::ranges::find(targets, i); found != targets.end()) {
      value = data[static_cast<std::size_t>(found - targets.begin())];
    }
    if (!value) {
      const bool has_default = i < table->defaults.size() && !table->defaults[i].empty();
      if (!has_default && !column.nullable) {
        throw SqlError("INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_FIND_DATA",
                       {{"tableName", quote_name(table->name)}, {"colName", quote_identifier(column.name)}}, origin);
      }
      value = resolve_expression(default_of(*table, i), nothing);
    }
    list.push_back(make_expression(Alias{assign(value, column, *table, origin), column.name, next_attribute_id()}));
  }
  insert.query = make_plan(Project{std::move(query), std::move(list)}, origin);
  insert.columns.clear();
  insert.by_name = false;
  insert.table.parts = table->name;
  return make_plan(Command{std::move(insert)}, origin);
}

PlanPtr Resolver::resolve_command(const Command& command, Origin origin) {
  if (const auto* insert = command.get_if<InsertInto>()) { return resolve_insert(*insert, origin); }
  if (const auto* create = command.get_if<CreateView>()) {
    // The catalog keeps the query as it was written; here it is only tried.
    resolve(create->query);
    return make_plan(command, origin);
  }
  if (const auto* alter = command.get_if<AlterViewQuery>()) {
    resolve(alter->query);
    return make_plan(command, origin);
  }
  const bool changes_rows =
      command.get_if<DeleteFrom>() || command.get_if<UpdateTable>() || command.get_if<MergeInto>();
  if (command.get_if<CreateSqlFunction>() || command.get_if<ExecuteImmediate>()) { return make_plan(command, origin); }
  const PlanPtr resolved =
      map_children(make_plan(command, origin), [&](const PlanPtr& child) { return resolve(child); });
  if (changes_rows) {
    std::string table = "`table`";
    for_each(children_of(*resolved).front(), [&](const PlanPtr& part) {
      if (const auto* source = part->get_if<SourceRelation>()) { table = source->name; }
      return true;
    });
    const std::string operation = command.get_if<DeleteFrom>()    ? "DELETE"
                                  : command.get_if<UpdateTable>() ? "UPDATE TABLE"
                                                                  : "MERGE INTO TABLE";
    throw SqlError("UNSUPPORTED_FEATURE.TABLE_OPERATION", {{"tableName", table}, {"operation", operation}}, origin);
  }
  if (const auto* set = resolved->get_if<Command>()->get_if<SetVariable>(); set != nullptr && !set->query) {
    SetVariable copy = *set;
    for (auto& value : copy.values) {
      Place nothing;
      if (!is_default(value)) { value = resolve_expression(value, nothing); }
    }
    return make_plan(Command{std::move(copy)}, origin);
  }
  return resolved;
}

}  // namespace hammerscale::sql
