#include "golden_case.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "hammerscale/sql/data_frame.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "hammerscale/storage/buffer_pool.hpp"

namespace hammerscale::sql::testing {

std::shared_ptr<SessionState> make_golden_session(const std::map<std::string, std::string>& settings,
                                                  bool refuse_memory) {
  storage::BufferPoolOptions pool;
  pool.budget_bytes = std::uint64_t{1} << 30;
  pool.refuse_at_random = refuse_memory;
  const LocalResources resources{storage::BufferPool(pool), 2, ""};
  auto all = settings;
  all.emplace("spark.sql.session.timeZone", "UTC");
  return std::make_shared<SessionState>(resources, std::move(all), 0);
}

Answer answer_of(const std::shared_ptr<SessionState>& session, const std::string& statement) {
  Answer answer;
  try {
    const DataFrame frame(session, session->execute(statement));
    for (const auto& field : frame.schema()) { answer.schema.emplace_back(field.name, field.type.to_string()); }
    answer.rows = frame.collect_text(CellText::kCast);
    if (answer.schema.empty()) { answer.rows.clear(); }
  } catch (const Error& error) {
    answer = {};
    answer.condition =
        has_condition(error) ? SqlError(error.info()).condition() : "no condition: " + std::string(error.what());
    answer.sql_state = has_condition(error) ? SqlError(error.info()).sql_state() : "";
  }
  return answer;
}

bool is_ordered(std::string_view statement) {
  int depth = 0;
  for (std::size_t i = 0; i < statement.size(); ++i) {
    if (statement[i] == '(') { ++depth; }
    if (statement[i] == ')') { --depth; }
    if (depth == 0 && statement.substr(i).starts_with("ORDER BY")) { return true; }
  }
  return false;
}

namespace {

bool same_cell(const std::optional<std::string>& expected, const std::optional<std::string>& actual,
               const std::string& type) {
  if (expected == actual) { return true; }
  if (!expected || !actual || (type != "double" && type != "float")) { return false; }
  const double a = std::strtod(expected->c_str(), nullptr);
  const double b = std::strtod(actual->c_str(), nullptr);
  // Libraries of mathematical functions differ in the last digit, and sums in their order.
  return std::fabs(a - b) <= 1e-12 * std::max(std::fabs(a), std::fabs(b)) + 1e-300;
}

std::string text_of(const std::vector<std::optional<std::string>>& row) {
  std::string text;
  for (const auto& cell : row) { text += (text.empty() ? "" : " | ") + cell.value_or("NULL"); }
  return text;
}

}  // namespace

std::string difference(const Answer& expected, const Answer& actual, bool ordered) {
  if (!expected.condition.empty() || !actual.condition.empty()) {
    if (expected.condition == kAnyError && !actual.condition.empty()) { return {}; }
    if (expected.condition == actual.condition && expected.sql_state == actual.sql_state) { return {}; }
    return "expected " + (expected.condition.empty() ? "rows" : expected.condition + " " + expected.sql_state) +
           ", got " + (actual.condition.empty() ? "rows" : actual.condition + " " + actual.sql_state);
  }
  for (std::size_t c = 0; c < std::max(expected.schema.size(), actual.schema.size()); ++c) {
    const auto shown = [&](const Answer& answer) {
      return c < answer.schema.size() ? answer.schema[c].first + ": " + answer.schema[c].second : std::string("none");
    };
    if (shown(expected) != shown(actual)) {
      return "column " + std::to_string(c) + ": expected " + shown(expected) + ", got " + shown(actual);
    }
  }
  auto wanted = expected.rows;
  auto found = actual.rows;
  if (!ordered) {
    std::ranges::sort(wanted);
    std::ranges::sort(found);
  }
  for (std::size_t r = 0; r < std::max(wanted.size(), found.size()); ++r) {
    if (r >= wanted.size() || r >= found.size()) {
      return "expected " + std::to_string(wanted.size()) + " rows, got " + std::to_string(found.size());
    }
    for (std::size_t c = 0; c < wanted[r].size(); ++c) {
      if (!same_cell(wanted[r][c], found[r][c], expected.schema[c].second)) {
        return "row " + std::to_string(r) + ", column " + expected.schema[c].first + ": expected " +
               text_of({wanted[r][c]}) + ", got " + text_of({found[r][c]});
      }
    }
  }
  return {};
}

}  // namespace hammerscale::sql::testing
