#include "hammerscale/sql/data_frame.hpp"

#include <utility>

#include "sql/session/session_state.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

DataFrame::DataFrame(std::shared_ptr<SessionState> session, PlanPtr analyzed)
    : session_(std::move(session)), plan_(std::move(analyzed)) {}

Schema DataFrame::schema() const { return schema_of(*plan_); }

std::vector<std::string> DataFrame::columns() const {
  std::vector<std::string> names;
  for (auto& field : schema()) { names.push_back(std::move(field.name)); }
  return names;
}

std::vector<Row> DataFrame::collect() const { return session_->collect_rows(plan_); }

std::vector<TextRow> DataFrame::collect_text(CellText style) const {
  const auto text_style = style == CellText::kShow ? TextStyle::kShow : TextStyle::kCast;
  std::vector<TextRow> rows;
  const auto batches = session_->collect(plan_);
  for (const Batch& batch : *batches) {
    batch.rows().for_each([&](std::int32_t r) {
      TextRow& row = rows.emplace_back();
      for (const Vector& column : batch.columns) {
        auto& cell = row.emplace_back();
        if (!column.is_null(r)) { append_cell_text(cell.emplace(), column, r, text_style, session_->time_zone()); }
      }
    });
  }
  return rows;
}

namespace {

void create_view(SessionState& session, const PlanPtr& plan, std::string_view name, bool replace) {
  TableInfo view;
  view.name = {std::string(name)};
  view.kind = TableKind::kTemporaryView;
  view.columns = schema_of(*plan);
  view.view_plan = plan;
  session.catalog().create_temporary_view(std::move(view), replace);
}

}  // namespace

void DataFrame::create_temp_view(std::string_view name) const { create_view(*session_, plan_, name, false); }
void DataFrame::create_or_replace_temp_view(std::string_view name) const { create_view(*session_, plan_, name, true); }

}  // namespace hammerscale::sql
