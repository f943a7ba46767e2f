#include <string>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/analyzer/constant_evaluator.hpp"
#include "sql/session/command_runner.hpp"
#include "sql/types/civil_time.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

constexpr const char* kTimeZoneKey = "spark.sql.session.timeZone";

RowSetResult key_values(std::vector<Row> rows) {
  return {{{"key", DataType::string(), false}, {"value", DataType::string(), false}}, std::move(rows)};
}

Value text(std::string value) { return Value(std::move(value)); }

RowSetResult run_set(const SetCommand& command, SessionState& session) {
  if (command.is_reset) {
    if (command.key.empty()) {
      session.reset_all();
    } else {
      session.reset(command.key);
    }
    return {};
  }
  if (command.is_verbose) {
    RowSetResult result{{{"key", DataType::string(), false},
                         {"value", DataType::string(), false},
                         {"meaning", DataType::string(), false},
                         {"Since version", DataType::string(), false}},
                        {}};
    for (const auto& known : SessionState::known_settings()) {
      result.rows.push_back({text(std::string(known.key)), text(session.setting(std::string(known.key)).value_or("")),
                             text(std::string(known.meaning)), text("1.0.0")});
    }
    return result;
  }
  if (command.key.empty()) {
    std::vector<Row> rows;
    for (const auto& [key, value] : session.settings()) { rows.push_back({text(key), text(value)}); }
    return key_values(std::move(rows));
  }
  if (command.value) { session.set(command.key, *command.value); }
  return key_values({{text(command.key), text(session.setting(command.key).value_or("<undefined>"))}});
}

RowSetResult run_set_time_zone(const SetTimeZone& command, SessionState& session) {
  if (!command.text && !command.interval) {
    session.reset(kTimeZoneKey);
    return {};
  }
  if (command.text) {
    session.set(kTimeZoneKey, *command.text);
    return {};
  }
  const Value offset = evaluate_constant(command.interval, session.evaluation());
  std::int64_t micros = 0;
  if (const auto* calendar = std::get_if<CalendarInterval>(&offset.holder())) {
    micros = calendar->microseconds + calendar->days * kMicrosPerDay;
  } else if (!offset.is_null()) {
    micros = offset.as_int64();
  }
  const std::int64_t seconds = micros / kMicrosPerSecond;
  if (seconds < -18 * 3600 || seconds > 18 * 3600 || micros % kMicrosPerSecond != 0) {
    throw SqlError("INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE", {{"input", to_sql(*command.interval)}},
                   command.interval->origin);
  }
  const auto two_digits = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::int64_t magnitude = seconds < 0 ? -seconds : seconds;
  session.set(kTimeZoneKey, (seconds < 0 ? "-" : "+") + two_digits(magnitude / 3600) + ":" +
                                two_digits(magnitude / 60 % 60) +
                                (magnitude % 60 == 0 ? "" : ":" + two_digits(magnitude % 60)));
  return {};
}

std::string variable_name(const ObjectName& name, SessionState& session) {
  const NameParts parts = name_of(name, session);
  return parts.back();
}

Value cast_to(const ExpressionPtr& value, const DataType& type, SessionState& session) {
  return evaluate_constant(make_expression(Cast{value, type, CastMode::kAnsi, true}), session.evaluation());
}

bool is_default(const ExpressionPtr& value) {
  const auto* name = value->get_if<UnresolvedAttribute>();
  return name != nullptr && name->parts.size() == 1 && same_name(name->parts[0], "default");
}

RowSetResult run_declare(const DeclareVariable& command, SessionState& session) {
  for (const auto& name : command.names) {
    VariableInfo variable;
    variable.name = variable_name(name, session);
    variable.default_value = command.default_value ? command.default_value : make_null_literal();
    variable.default_text = command.default_value ? command.default_text : "null";
    variable.type = command.type ? *command.type : type_of(*variable.default_value);
    variable.value = cast_to(variable.default_value, variable.type, session);
    session.catalog().declare_variable(std::move(variable), command.or_replace);
  }
  return {};
}

RowSetResult run_set_variable(const SetVariable& command, Origin origin, SessionState& session) {
  std::vector<Value> values;
  std::vector<const VariableInfo*> variables;
  for (const auto& name : command.names) {
    const auto* variable = session.catalog().find_variable(name_of(name, session));
    if (variable == nullptr) {
      throw SqlError("UNRESOLVED_VARIABLE",
                     {{"variableName", quote_name(name_of(name, session))}, {"searchPath", "`system`.`session`"}},
                     origin);
    }
    variables.push_back(variable);
  }
  if (command.query) {
    const auto rows = session.collect_rows(command.query);
    if (rows.size() > 1) { throw SqlError("ROW_SUBQUERY_TOO_MANY_ROWS", {}, origin); }
    const Schema schema = schema_of(*command.query);
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const auto value = rows.empty() ? make_null_literal(schema[i].type) : make_literal(rows[0][i], schema[i].type);
      values.push_back(cast_to(value, variables[i]->type, session));
    }
  } else {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const auto& written = command.values[i];
      values.push_back(
          cast_to(is_default(written) ? variables[i]->default_value : written, variables[i]->type, session));
    }
  }
  for (std::size_t i = 0; i < variables.size(); ++i) { session.catalog().set_variable(variables[i]->name, values[i]); }
  return {};
}

RowSetResult run_execute_immediate(const ExecuteImmediate& command, Origin origin, SessionState& session) {
  AnalyzerContext context;
  context.catalog = &session.catalog();
  context.evaluation = &session.evaluation();
  context.settings = session.settings();
  const Value statement = evaluate_constant(analyze_constant(command.statement, context), session.evaluation());
  if (statement.is_null()) {
    throw SqlError("NULL_QUERY_STRING_EXECUTE_IMMEDIATE", {{"varName", "`" + to_sql(*command.statement) + "`"}},
                   origin);
  }
  StatementParameters parameters;
  for (const auto& argument : command.arguments) {
    const auto* alias = argument->get_if<Alias>();
    const auto value = analyze_constant(alias != nullptr ? alias->child : argument, context);
    if (alias != nullptr) {
      parameters.named[alias->name] = value;
    } else {
      parameters.positional.push_back(value);
    }
  }
  const PlanPtr plan = session.execute(statement.as_string(), parameters);
  const Schema schema = schema_of(*plan);
  auto rows = session.collect_rows(plan);
  if (command.into.empty()) { return {schema, std::move(rows)}; }
  if (command.into.size() != schema.size()) {
    throw SqlError("ASSIGNMENT_ARITY_MISMATCH",
                   {{"numTarget", std::to_string(command.into.size())}, {"numExpr", std::to_string(schema.size())}},
                   origin);
  }
  if (rows.size() > 1) { throw SqlError("ROW_SUBQUERY_TOO_MANY_ROWS", {}, origin); }
  for (std::size_t i = 0; i < command.into.size(); ++i) {
    const auto* variable = session.catalog().find_variable(command.into[i]);
    if (variable == nullptr) {
      throw SqlError("UNRESOLVED_VARIABLE",
                     {{"variableName", quote_name(command.into[i])}, {"searchPath", "`system`.`session`"}}, origin);
    }
    const auto value = rows.empty() ? make_null_literal(schema[i].type) : make_literal(rows[0][i], schema[i].type);
    session.catalog().set_variable(variable->name, cast_to(value, variable->type, session));
  }
  return {};
}

}  // namespace

RowSetResult run_setting_command(const Command& command, Origin origin, SessionState& session) {
  if (const auto* set = command.get_if<SetCommand>()) { return run_set(*set, session); }
  if (const auto* zone = command.get_if<SetTimeZone>()) { return run_set_time_zone(*zone, session); }
  if (const auto* declare = command.get_if<DeclareVariable>()) { return run_declare(*declare, session); }
  if (const auto* set = command.get_if<SetVariable>()) { return run_set_variable(*set, origin, session); }
  if (const auto* immediate = command.get_if<ExecuteImmediate>()) {
    return run_execute_immediate(*immediate, origin, session);
  }
  const auto& drop = std::get<DropVariable>(command.node);
  session.catalog().drop_variable(variable_name(drop.name, session), drop.if_exists);
  return {};
}

}  // namespace hammerscale::sql
