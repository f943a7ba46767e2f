#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/dataset/session.hpp"
#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/analyzer/analyzer.hpp"
#include "sql/catalog/session_catalog.hpp"
#include "sql/exec/execution_context.hpp"
#include "sql/functions/evaluation_context.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// Rows that a command shows, or a query gave.
struct RowSetResult {
  Schema schema;
  std::vector<Row> rows;
};

/// Values of :name and ? in a statement.
struct StatementParameters {
  std::map<std::string, ExpressionPtr> named = {};
  Expressions positional = {};
};

/// One SQL session: settings, catalog, and the way of a statement from text to rows. One thread at a time, but
/// cancel().
///
/// Text -> parse -> analyze -> optimize -> run, and commands are carried out here. DataFrames hold analysed plans and a
/// pointer to this.
class SessionState {
 public:
  /// @param settings  --conf's; spark.sql.session.timeZone and others change what is computed.
  SessionState(const LocalResources& resources, std::map<std::string, std::string> settings, std::int64_t seed);
  ~SessionState();
  SessionState(const SessionState&) = delete;
  SessionState& operator=(const SessionState&) = delete;

  [[nodiscard]] SessionCatalog& catalog() noexcept { return catalog_; }
  [[nodiscard]] EvaluationContext& evaluation() noexcept { return evaluation_; }
  [[nodiscard]] const VectorMemory& memory() const noexcept { return evaluation_.memory; }
  [[nodiscard]] const TimeZone& time_zone() const noexcept { return *evaluation_.time_zone; }

  // ---- settings
  [[nodiscard]] const std::map<std::string, std::string>& settings() const noexcept { return settings_; }
  /// The value set, or the default of a known key; none for others.
  [[nodiscard]] std::optional<std::string> setting(const std::string& key) const;
  /// @throws SqlError INVALID_CONF_VALUE.*  a known key takes no such value.
  void set(const std::string& key, const std::string& value);
  /// Back to what the session started with.
  void reset(const std::string& key);
  void reset_all();
  /// Keys with a meaning here, their defaults and what they do.
  struct KnownSetting {
    std::string_view key;
    std::string_view value;
    std::string_view meaning;
  };
  static const std::vector<KnownSetting>& known_settings();

  // ---- statements
  /// The unresolved plan of a statement. @throws SqlError with the place in the text.
  [[nodiscard]] PlanPtr parse(std::string_view text) const;
  /// An analysed plan: of a query the plan itself; a command is carried out and gives the rows that it shows.
  PlanPtr execute(const PlanPtr& statement, const StatementParameters& parameters = {});
  /// parse and execute; errors carry the text.
  PlanPtr execute(std::string_view text, const StatementParameters& parameters = {});
  [[nodiscard]] PlanPtr analyze_plan(const PlanPtr& plan, const StatementParameters& parameters = {});
  [[nodiscard]] PlanPtr optimize_plan(const PlanPtr& analyzed);
  /// The rows of an analysed plan.
  [[nodiscard]] std::shared_ptr<std::vector<Batch>> collect(const PlanPtr& analyzed);
  [[nodiscard]] std::vector<Row> collect_rows(const PlanPtr& analyzed);

  /// Ends the running query, if any, with Cancelled. Any thread, also a signal's watcher.
  void cancel();

  /// How many task threads queries use.
  [[nodiscard]] int num_threads() const noexcept { return num_threads_; }

 private:
  void apply(const std::string& key);
  void begin_statement();
  AnalyzerContext analyzer_context(const StatementParameters& parameters);

  int num_threads_;
  std::map<std::string, std::string> initial_settings_;
  std::map<std::string, std::string> settings_;
  SessionCatalog catalog_;
  EvaluationContext evaluation_;
  std::mutex running_mutex_;
  ExecutionContext* running_ = nullptr;  ///< Guarded by running_mutex_.
  bool cancel_next_ = false;
  std::int64_t num_queries_ = 0;
};

/// A plan of rows that are known.
PlanPtr make_local_relation(RowSetResult result);

}  // namespace hammerscale::sql
