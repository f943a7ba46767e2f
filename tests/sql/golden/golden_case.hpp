#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/session/session_state.hpp"

namespace hammerscale::sql::testing {

/// As an expected condition: any error.
inline constexpr std::string_view kAnyError = "*";

/// What a statement is to give: columns and rows as text, or an error.
struct Answer {
  std::vector<std::pair<std::string, std::string>> schema;  ///< Names and types.
  std::vector<std::vector<std::optional<std::string>>> rows;
  std::string condition;  ///< Of an error; empty for rows.
  std::string sql_state;
};

/// A session as the golden files expect it: UTC, seed 0, and these settings besides.
std::shared_ptr<SessionState> make_golden_session(const std::map<std::string, std::string>& settings = {},
                                                  bool refuse_memory = false);

/// Runs one statement.
Answer answer_of(const std::shared_ptr<SessionState>& session, const std::string& statement);

/// Whether the rows' order is part of the answer: an ORDER BY that stands in no parentheses.
bool is_ordered(std::string_view statement);

/// What differs, for people; empty when nothing does. Floating point cells may differ in the last digits.
std::string difference(const Answer& expected, const Answer& actual, bool ordered);

}  // namespace hammerscale::sql::testing
