#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/dataset/session.hpp"
#include "hammerscale/sql/data_frame.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

/// One statement of a script, and where it stands.
struct ScriptStatement {
  std::string text;       ///< Without the semicolon.
  std::size_t start = 0;  ///< Byte of the script.
};

/// A user's session with the SQL engine: its own settings, temporary views, functions and variables. On the driver; one
/// thread at a time, but cancel(). A handle: copies are the same session.
class SqlSession {
 public:
  /// Settings come from --conf; memory and threads are the driver process's.
  explicit SqlSession(const Session& session);

  /// A statement's rows: of a query when an action asks for them; a command is carried out now.
  /// @throws SqlError  with condition, SQLSTATE, line and column.
  DataFrame sql(std::string_view statement);
  /// A table, view or temporary view by its name.
  DataFrame table(std::string_view name);
  DataFrame range(std::int64_t start, std::int64_t end, std::int64_t step = 1);
  /// Rows whose values are of the schema's types, as Value says.
  DataFrame create_data_frame(Schema schema, std::vector<Row> rows);
  /// Rows from structs: a column for each field, under these names. Fields are bool, integers, float, double,
  /// std::string, and optionals and vectors of them.
  template <typename T>
  DataFrame create_data_frame(const std::vector<T>& values, const std::vector<std::string>& names) {
    std::vector<Row> rows;
    rows.reserve(values.size());
    for (const auto& value : values) { rows.push_back(from_row_struct(value)); }
    return create_data_frame(schema_of_struct<T>(names), std::move(rows));
  }
  /// A statement with values for its :names. @throws as sql.
  DataFrame sql(std::string_view statement, const std::map<std::string, Column>& parameters);
  /// A statement with values for its ?s, in order.
  DataFrame sql(std::string_view statement, const std::vector<Column>& parameters);

  /// The statements of a script: what stands between semicolons.
  static std::vector<ScriptStatement> split(std::string_view script);
  /// Whether typed text ends with a whole statement.
  static bool is_complete(std::string_view text);
  /// Words of the language, for completion.
  static std::vector<std::string> keywords();
  /// Names of functions, tables and views that a query may use now, and of the columns of the latter.
  [[nodiscard]] std::vector<std::string> known_names() const;

  void set(const std::string& key, const std::string& value);
  [[nodiscard]] std::optional<std::string> setting(const std::string& key) const;

  /// Ends the running query with Cancelled; does nothing when none runs. Any thread.
  void cancel();

  [[nodiscard]] const std::shared_ptr<SessionState>& state() const noexcept { return state_; }

 private:
  std::shared_ptr<SessionState> state_;
};

}  // namespace hammerscale::sql
