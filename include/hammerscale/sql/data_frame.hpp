#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

struct Plan;
class SessionState;

/// How cells are written as text.
enum class CellText : std::uint8_t {
  kCast,  ///< CAST(x AS STRING).
  kShow,  ///< As show(): NULL inside nested values, binary in hexadecimal.
};

/// A cell's text; none for NULL.
using TextRow = std::vector<std::optional<std::string>>;

/// A query that has not run yet: a plan whose columns and types are known. A handle, cheap to copy; transformations give
/// new ones. Lives on the driver; one thread of a session at a time.
///
/// Actions (collect, count, show, ...) run the query. @throws SqlError  what the query's functions throw.
class DataFrame {
 public:
  DataFrame(std::shared_ptr<SessionState> session, std::shared_ptr<const Plan> analyzed);

  [[nodiscard]] Schema schema() const;
  [[nodiscard]] std::vector<std::string> columns() const;

  /// All rows, on the driver.
  [[nodiscard]] std::vector<Row> collect() const;
  /// All rows as text, column by column.
  [[nodiscard]] std::vector<TextRow> collect_text(CellText style = CellText::kCast) const;

  void create_temp_view(std::string_view name) const;
  void create_or_replace_temp_view(std::string_view name) const;

  [[nodiscard]] const std::shared_ptr<const Plan>& plan() const noexcept { return plan_; }
  [[nodiscard]] const std::shared_ptr<SessionState>& session() const noexcept { return session_; }

 private:
  std::shared_ptr<SessionState> session_;
  std::shared_ptr<const Plan> plan_;
};

}  // namespace hammerscale::sql
