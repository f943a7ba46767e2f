#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "hammerscale/sql/sql_session.hpp"
#include "table_printer.hpp"

namespace hammerscale::program {

/// How results of statements are shown.
struct SqlOutput {
  TableOptions table;
  bool as_results = false;  ///< `--format results`: one JSON object a statement.
  bool timing = false;      ///< Seconds of each statement, to standard error.
  bool explain_errors =
      false;  ///< Errors with the statement's text and a caret, for people at a terminal; else one line.
};

/// Runs SQL statements one after the other and writes what they show. Driver only.
class SqlRunner {
 public:
  /// @param write  takes the text of results, in order.
  SqlRunner(sql::SqlSession session, SqlOutput output, std::function<void(std::string_view)> write);

  /// Every statement of a script; stops behind the first that fails, unless keep_going. Errors are shown where they
  /// occur: as results, or as `error:` lines on standard error.
  /// @return whether all statements succeeded.
  bool run_script(std::string_view script, bool keep_going);

  [[nodiscard]] sql::SqlSession& session() noexcept { return session_; }
  [[nodiscard]] SqlOutput& output() noexcept { return output_; }

 private:
  bool run_statement(const std::string& statement);
  void show(const sql::DataFrame& frame);
  void show_results(const sql::DataFrame& frame);
  void show_error(const Error& error);

  sql::SqlSession session_;
  SqlOutput output_;
  std::function<void(std::string_view)> write_;
  std::int64_t num_statements_ = 0;
};

}  // namespace hammerscale::program
