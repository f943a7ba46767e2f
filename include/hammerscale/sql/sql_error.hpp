#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"

namespace hammerscale::sql {

/// Where in a statement's text something stands; bytes counted from 0, stop exclusive. Empty when it comes from no
/// text.
struct Origin {
  std::int32_t start = -1;
  std::int32_t stop = -1;
  [[nodiscard]] bool known() const noexcept { return start >= 0; }
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// Parameters of an error condition, such as {"objectName", "`a`"}; names are Spark's.
using ErrorParameters = std::vector<std::pair<std::string, std::string>>;

/// A user's error with one of Spark's error conditions. what() is "[CONDITION] message SQLSTATE: 42703", followed, once
/// the statement's text is known, by "== SQL (line 1, position 8) ==", the text and a line of carets below it.
///
/// The conditions, their SQLSTATEs and message templates stand in one table, src/sql/errors/conditions.cpp.
class SqlError : public UserError {
 public:
  /// @param condition   for example "UNRESOLVED_COLUMN.WITH_SUGGESTION"; must stand in the table.
  /// @param parameters  one for each <name> of the condition's message.
  SqlError(std::string_view condition, ErrorParameters parameters, Origin origin = {});
  /// From the fields of an error that travelled between ranks; see condition_of.
  explicit SqlError(ErrorInfo info);

  [[nodiscard]] const char* what() const noexcept override;

  [[nodiscard]] std::string condition() const;
  [[nodiscard]] std::string sql_state() const;
  /// The message alone: template filled in, no condition, no SQLSTATE, no context.
  [[nodiscard]] std::string message() const;
  /// The value of one parameter; empty when it was not given.
  [[nodiscard]] std::string parameter(std::string_view name) const;
  [[nodiscard]] Origin origin() const;
  /// 1-based; 0 before with_text.
  [[nodiscard]] int line() const;
  [[nodiscard]] int column() const;

  /// The same error, with line, column and the statement's text around them.
  [[nodiscard]] SqlError with_text(std::string_view statement) const;

 private:
  std::shared_ptr<const std::string> text_;  ///< what(); shared, because exceptions must copy without throwing.
};

/// Whether an error of ours, also one that came from another rank, carries an SQL condition.
bool has_condition(const Error& error);

}  // namespace hammerscale::sql
