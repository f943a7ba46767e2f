#include <string>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/functions/registry.hpp"
#include "sql/session/command_runner.hpp"

namespace hammerscale::sql {

namespace {

Value text(std::string value) { return Value(std::move(value)); }
Field text_field(std::string name, bool nullable = false) { return {std::move(name), DataType::string(), nullable}; }

Value comment_value(const std::string& comment) { return comment.empty() ? Value() : text(comment); }

RowSetResult columns_result(const Schema& columns) {
  RowSetResult result{{text_field("col_name"), text_field("data_type"), text_field("comment", true)}, {}};
  for (const Field& column : columns) {
    result.rows.push_back({text(column.name), text(column.type.to_string()), comment_value(column.comment)});
  }
  return result;
}

RowSetResult describe_table(const DescribeTable& command, Origin origin, SessionState& session) {
  const TablePtr table = session.catalog().table(name_of(command.name, session));
  if (!command.column.empty()) {
    for (const Field& column : table->columns) {
      if (command.column.size() == 1 && same_name(column.name, command.column[0])) {
        return {{text_field("info_name"), text_field("info_value")},
                {{text("col_name"), text(column.name)},
                 {text("data_type"), text(column.type.to_string())},
                 {text("comment"), text(column.comment.empty() ? "NULL" : column.comment)}}};
      }
    }
    throw SqlError("COLUMN_NOT_FOUND",
                   {{"colName", quote_name(command.column)}, {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}},
                   origin);
  }
  RowSetResult result = columns_result(table->columns);
  const auto add = [&](std::string name, std::string value) {
    result.rows.push_back({text(std::move(name)), text(std::move(value)), text("")});
  };
  if (!table->partition_columns.empty()) {
    add("# Partition Information", "");
    add("# col_name", "data_type");
    for (const auto& name : table->partition_columns) {
      const auto index = DataType::structure(table->columns).find_field(name);
      add(name, index ? table->columns[*index].type.to_string() : "");
    }
  }
  if (!command.is_extended) { return result; }
  add("", "");
  add("# Detailed Table Information", "");
  if (table->name.size() == 3) {
    add("Catalog", table->name[0]);
    add("Database", table->name[1]);
  }
  add(table->is_view() ? "View" : "Table", table->name.back());
  static constexpr std::string_view kKinds[] = {"MANAGED", "EXTERNAL", "VIEW", "VIEW"};
  add("Type", std::string(kKinds[static_cast<std::size_t>(table->kind)]));
  if (!table->is_view()) { add("Provider", table->provider); }
  if (!table->comment.empty()) { add("Comment", table->comment); }
  if (table->is_view()) { add("View Text", table->view_text); }
  for (const auto& [key, value] : table->properties) { add(key, value); }
  return result;
}

RowSetResult describe_function(const DescribeFunction& command, Origin origin, SessionState& session) {
  const NameParts name = name_of(command.name, session);
  RowSetResult result{{text_field("function_desc")}, {}};
  const auto add = [&](std::string line) { result.rows.push_back({text(std::move(line))}); };
  if (const auto function = session.catalog().find_sql_function(name)) {
    std::string shown = function->name[0];
    for (std::size_t i = 1; i < function->name.size(); ++i) { shown += "." + function->name[i]; }
    add("Function:    " + shown);
    add(std::string("Type:        ") + (function->is_table_function ? "TABLE" : "SCALAR"));
    std::string parameters;
    for (const auto& parameter : function->parameters) {
      parameters += (parameters.empty() ? "" : ", ") + parameter.name + " " + parameter.type.to_sql();
    }
    add("Input:       " + parameters);
    if (function->return_type) { add("Returns:     " + function->return_type->to_sql()); }
    if (command.is_extended) { add("Body:        " + function->body_text); }
    return result;
  }
  const auto* documentation = session.catalog().registered_functions().find_documentation(name.back());
  if (documentation == nullptr) { documentation = builtin_functions().find_documentation(name.back()); }
  if (documentation == nullptr) { throw SqlError("ROUTINE_NOT_FOUND", {{"routineName", quote_name(name)}}, origin); }
  add("Function: " + fold_name(name.back()));
  add("Usage: " + std::string(documentation->usage));
  if (!command.is_extended) { return result; }
  std::string extended = "Extended Usage:";
  if (!documentation->arguments.empty()) {
    extended += "\n    Arguments:\n      " + std::string(documentation->arguments);
  }
  if (!documentation->examples.empty()) {
    extended += "\n    Examples:";
    for (const auto& example : documentation->examples) {
      extended += "\n      > " + std::string(example.query) + ";";
      for (const auto row : example.rows) { extended += "\n       " + std::string(row); }
    }
  }
  if (!documentation->note.empty()) { extended += "\n    Note:\n      " + std::string(documentation->note); }
  extended += "\n    Since: " + std::string(documentation->since) + "\n";
  add(std::move(extended));
  return result;
}

/// Operators with numbers, then what each does: EXPLAIN FORMATTED.
std::string formatted(const Plan& plan) {
  std::string tree = to_tree_string(plan);
  std::string numbered;
  std::string details;
  int number = 0;
  for (std::size_t start = 0; start < tree.size();) {
    const auto end = std::min(tree.find('\n', start), tree.size());
    const std::string line = tree.substr(start, end - start);
    const auto name_start = line.find_first_not_of(" :+-|");
    if (name_start != std::string::npos) {
      const auto name_end = line.find_first_of(" [", name_start);
      const auto name = line.substr(name_start, name_end == std::string::npos ? name_end : name_end - name_start);
      ++number;
      numbered += line.substr(0, name_start) + name + " (" + std::to_string(number) + ")\n";
      details += "\n(" + std::to_string(number) + ") " + name + "\n" +
                 (name_end == std::string::npos ? "" : "Arguments: " + line.substr(name_end + 1) + "\n");
    }
    start = end + 1;
  }
  return numbered + "\n" + details;
}

RowSetResult explain(const ExplainCommand& command, SessionState& session) {
  const auto shown = [&](std::string plan) { return RowSetResult{{text_field("plan")}, {{text(std::move(plan))}}}; };
  if (command.plan->is<Command>()) { return shown("== Physical Plan ==\n" + to_tree_string(*command.plan)); }
  const PlanPtr optimized = session.optimize_plan(command.plan);
  switch (command.mode) {
    case ExplainMode::kExtended:
      return shown("== Analyzed Logical Plan ==\n" + to_tree_string(*command.plan) +
                   "\n== Optimized Logical Plan ==\n" + to_tree_string(*optimized) + "\n== Physical Plan ==\n" +
                   to_tree_string(*optimized));
    case ExplainMode::kFormatted: return shown("== Physical Plan ==\n" + formatted(*optimized));
    case ExplainMode::kLogical: return shown("== Optimized Logical Plan ==\n" + to_tree_string(*optimized));
    case ExplainMode::kCost:
      return shown("== Optimized Logical Plan ==\n" + to_tree_string(*optimized) + "\n== Physical Plan ==\n" +
                   to_tree_string(*optimized));
    default: return shown("== Physical Plan ==\n" + to_tree_string(*optimized));
  }
}

}  // namespace

RowSetResult run_describe_command(const Command& command, Origin origin, SessionState& session) {
  if (const auto* table = command.get_if<DescribeTable>()) { return describe_table(*table, origin, session); }
  if (const auto* query = command.get_if<DescribeQuery>()) { return columns_result(schema_of(*query->query)); }
  if (const auto* function = command.get_if<DescribeFunction>()) {
    return describe_function(*function, origin, session);
  }
  if (const auto* plan = command.get_if<ExplainCommand>()) { return explain(*plan, session); }
  const auto& database = std::get<DescribeDatabase>(command.node);
  const NameParts place = session.catalog().qualify_database(name_of(database.name, session));
  const auto info = session.catalog().catalog(place[0]).find_database(place[1]);
  if (!info) { throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name(place)}}, origin); }
  RowSetResult result{{text_field("info_name"), text_field("info_value")},
                      {{text("Catalog Name"), text(place[0])},
                       {text("Namespace Name"), text(info->name)},
                       {text("Comment"), text(info->comment)},
                       {text("Location"), text(info->location)}}};
  if (database.is_extended) {
    std::string properties;
    for (const auto& [key, value] : info->properties) {
      properties += (properties.empty() ? "((" : ", (") + key + "," + value + ")";
    }
    result.rows.push_back({text("Properties"), text(properties.empty() ? "" : properties + ")")});
  }
  return result;
}

}  // namespace hammerscale::sql
