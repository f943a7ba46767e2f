#include "hammerscale/sql/sql_session.hpp"

#include <algorithm>
#include <utility>

#include "sql/functions/registry.hpp"
#include "sql/parser/parser.hpp"
#include "sql/session/session_state.hpp"

namespace hammerscale::sql {

SqlSession::SqlSession(const Session& session)
    : state_(std::make_shared<SessionState>(session.local(), session.configuration(),
                                            static_cast<std::int64_t>(session.seed()))) {}

DataFrame SqlSession::sql(std::string_view statement) { return {state_, state_->execute(statement)}; }

DataFrame SqlSession::sql(std::string_view statement, const std::map<std::string, Column>& parameters) {
  StatementParameters given;
  for (const auto& [name, value] : parameters) { given.named[name] = value.expression(); }
  return {state_, state_->execute(statement, given)};
}

DataFrame SqlSession::sql(std::string_view statement, const std::vector<Column>& parameters) {
  StatementParameters given;
  for (const auto& value : parameters) { given.positional.push_back(value.expression()); }
  return {state_, state_->execute(statement, given)};
}

DataFrame SqlSession::table(std::string_view name) {
  UnresolvedRelation relation;
  relation.name = parse_multipart_name(name);
  return {state_, state_->execute(make_plan(std::move(relation)))};
}

DataFrame SqlSession::range(std::int64_t start, std::int64_t end, std::int64_t step) {
  if (step == 0) { throw UserError(ErrorCode::kInvalidArgument, "the step of a range is 0"); }
  Range range;
  range.start = start;
  range.end = end;
  range.step = step;
  range.output = make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id()});
  return {state_, make_plan(std::move(range))};
}

DataFrame SqlSession::create_data_frame(Schema schema, std::vector<Row> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != schema.size()) {
      throw UserError(ErrorCode::kInvalidArgument, "a row has not as many values as the schema has columns",
                      {{"row", std::to_string(i)},
                       {"values", std::to_string(rows[i].size())},
                       {"columns", std::to_string(schema.size())}});
    }
  }
  return {state_, make_local_relation({std::move(schema), std::move(rows)})};
}

std::vector<ScriptStatement> SqlSession::split(std::string_view script) {
  std::vector<ScriptStatement> statements;
  for (const auto& statement : split_statements(script)) {
    statements.push_back({std::string(statement.text), statement.start});
  }
  return statements;
}

bool SqlSession::is_complete(std::string_view text) { return is_complete_statement(text); }

std::vector<std::string> SqlSession::keywords() {
  std::vector<std::string> words;
  for (const auto word : all_keywords()) { words.emplace_back(word); }
  return words;
}

std::vector<std::string> SqlSession::known_names() const {
  std::vector<std::string> names = builtin_functions().names();
  SessionCatalog& catalog = state_->catalog();
  const auto add = [&](const TablePtr& table) {
    names.push_back(table->name.back());
    for (const auto& column : table->columns) { names.push_back(column.name); }
  };
  for (const auto& view : catalog.list_temporary_views()) { add(view); }
  for (const auto& table : catalog.catalog(catalog.current_catalog()).list_tables(catalog.current_database())) {
    add(table);
  }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

void SqlSession::set(const std::string& key, const std::string& value) { state_->set(key, value); }
std::optional<std::string> SqlSession::setting(const std::string& key) const { return state_->setting(key); }
void SqlSession::cancel() { state_->cancel(); }

}  // namespace hammerscale::sql
