#include "sql_runner.hpp"

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "hammerscale/sql/sql_error.hpp"

namespace hammerscale::program {
namespace {

/// Bytes that are no UTF-8 are replaced in JSON, which cannot hold them.
std::string dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_json_literal(const sql::DataType& type) { return type.id() == sql::TypeId::kBoolean || type.is_numeric(); }

/// What no printer of rows should say about a text: NaN and infinities are strings in JSON.
bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789+-.eE") == std::string::npos || text == "true" || text == "false";
}

/// "[CONDITION] message SQLSTATE: 42703 (line 1, column 8)".
std::string one_line(const Error& error) {
  std::string line = error.what();
  if (sql::has_condition(error)) {
    const sql::SqlError placed(error.info());
    line = "[" + placed.condition() + "] " + placed.message() + " SQLSTATE: " + placed.sql_state();
    if (placed.line() > 0) {
      line += " (line " + std::to_string(placed.line()) + ", column " + std::to_string(placed.column()) + ")";
    }
  }
  for (char& c : line) {
    if (c == '\n' || c == '\r') { c = ' '; }
  }
  return line;
}

}  // namespace

SqlRunner::SqlRunner(sql::SqlSession session, SqlOutput output, std::function<void(std::string_view)> write)
    : session_(std::move(session)), output_(std::move(output)), write_(std::move(write)) {}

bool SqlRunner::run_script(std::string_view script, bool keep_going) {
  std::vector<sql::ScriptStatement> statements;
  try {
    statements = sql::SqlSession::split(script);
  } catch (const Error& error) {
    ++num_statements_;
    show_error(error);
    return false;
  }
  bool all_succeeded = true;
  for (const auto& statement : statements) {
    if (run_statement(statement.text)) { continue; }
    all_succeeded = false;
    if (!keep_going) { break; }
  }
  return all_succeeded;
}

bool SqlRunner::run_statement(const std::string& statement) {
  ++num_statements_;
  const auto start = std::chrono::steady_clock::now();
  bool succeeded = true;
  try {
    const auto frame = session_.sql(statement);
    if (output_.as_results) {
      show_results(frame);
    } else {
      show(frame);
    }
  } catch (const UserError& error) {
    succeeded = false;
    if (sql::has_condition(error)) {
      const sql::SqlError placed = sql::SqlError(error.info()).with_text(statement);
      show_error(placed);
    } else {
      show_error(error);
    }
  } catch (const Cancelled& error) {
    succeeded = false;
    show_error(error);
  }
  if (output_.timing) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::fprintf(stderr, "Time: %.3f s\n", seconds);
  }
  return succeeded;
}

void SqlRunner::show(const sql::DataFrame& frame) {
  const auto schema = frame.schema();
  const auto format = output_.table.table_format();
  const bool is_for_people =
      format == TableFormat::kTable || format == TableFormat::kMarkdown || format == TableFormat::kVertical;
  const auto rows = frame.collect_text(is_for_people ? sql::CellText::kShow : sql::CellText::kCast);
  if (schema.empty()) { return; }
  std::vector<TableColumn> columns;
  for (std::size_t c = 0; c < schema.size(); ++c) {
    bool is_literal = is_json_literal(schema[c].type);
    for (const auto& row : rows) { is_literal = is_literal && (!row[c] || is_number(*row[c])); }
    columns.push_back({schema[c].name, is_literal});
  }
  write_(format_table(columns, rows, output_.table));
}

void SqlRunner::show_results(const sql::DataFrame& frame) {
  nlohmann::ordered_json result;
  result["statement"] = num_statements_;
  result["schema"] = nlohmann::ordered_json::array();
  for (const auto& field : frame.schema()) {
    result["schema"].push_back({{"name", field.name}, {"type", field.type.to_string()}});
  }
  result["rows"] = nlohmann::ordered_json::array();
  for (const auto& row : frame.collect_text(sql::CellText::kCast)) {
    auto cells = nlohmann::ordered_json::array();
    for (const auto& cell : row) {
      if (cell) {
        cells.push_back(*cell);
      } else {
        cells.push_back(nullptr);
      }
    }
    result["rows"].push_back(std::move(cells));
  }
  write_(dump(result) + "\n");
}

void SqlRunner::show_error(const Error& error) {
  if (!output_.as_results) {
    std::fflush(stdout);
    std::fprintf(stderr, "error: %s\n", output_.explain_errors ? error.what() : one_line(error).c_str());
    return;
  }
  nlohmann::ordered_json shown;
  if (sql::has_condition(error)) {
    const sql::SqlError placed(error.info());
    shown = {{"condition", placed.condition()},
             {"sqlState", placed.sql_state()},
             {"message", placed.message()},
             {"line", placed.line()},
             {"column", placed.column()}};
  } else {
    shown = {
        {"condition", nullptr}, {"sqlState", nullptr}, {"message", error.info().message()}, {"line", 0}, {"column", 0}};
  }
  nlohmann::ordered_json result;
  result["statement"] = num_statements_;
  result["error"] = std::move(shown);
  write_(dump(result) + "\n");
}

}  // namespace hammerscale::program
