#pragma once

#include <string>
#include <string_view>

#include "sql/analyzer/analyzer.hpp"
#include "sql/optimizer/optimizer.hpp"
#include "sql/parser/parser.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

/// A session without execution, for tests of the analyzer and the optimizer.
class AnalysisSession {
 public:
  AnalysisSession()
      : evaluation_{.memory = VectorMemory(storage::BufferPool({.budget_bytes = std::uint64_t{64} << 20}))} {
    evaluation_.time_zone = &TimeZone::utc();
    evaluation_.current_catalog = catalog_.current_catalog();
    evaluation_.current_database = catalog_.current_database();
    context_.catalog = &catalog_;
    context_.evaluation = &evaluation_;
  }
  AnalysisSession(const AnalysisSession&) = delete;
  AnalysisSession& operator=(const AnalysisSession&) = delete;

  PlanPtr analyze(std::string_view text) { return sql::analyze(parse_statement(text), context_); }
  PlanPtr optimize(std::string_view text) { return sql::optimize(analyze(text), context_); }
  /// CREATE TEMPORARY VIEW.
  void create_view(std::string_view text) {
    const PlanPtr plan = parse_statement(text);
    const auto& view = *plan->get_if<Command>()->get_if<CreateView>();
    TableInfo info;
    info.name = view.name.parts;
    info.view_text = view.text;
    info.view_plan = view.query;
    catalog_.create_temporary_view(std::move(info), true);
  }
  /// A table without rows.
  void create_table(std::string name, Schema columns) {
    TableInfo info;
    info.name = {std::move(name)};
    info.columns = std::move(columns);
    catalog_.create_table(std::move(info), false, false);
  }

  [[nodiscard]] AnalyzerContext& context() { return context_; }
  [[nodiscard]] SessionCatalog& catalog() { return catalog_; }

 private:
  SessionCatalog catalog_;
  EvaluationContext evaluation_;
  AnalyzerContext context_;
};

}  // namespace hammerscale::sql
