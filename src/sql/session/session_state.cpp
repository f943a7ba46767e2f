#include "sql/session/session_state.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/exec/local_runner.hpp"
#include "sql/exec/pipeline.hpp"
#include "sql/optimizer/optimizer.hpp"
#include "sql/parser/parser.hpp"
#include "sql/session/command_runner.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::string_view kTimeZone = "spark.sql.session.timeZone";
constexpr std::string_view kAnsi = "spark.sql.ansi.enabled";
constexpr std::string_view kBatchRowsKey = "hammerscale.sql.batchRows";
constexpr std::string_view kConstantHash = "hammerscale.sql.constantHash";
constexpr std::string_view kSpillAlways = "hammerscale.sql.spillAlways";

/// The zone of the system: TZ, then /etc/localtime's name, then UTC.
std::string system_time_zone() {
  if (const char* named = std::getenv("TZ"); named != nullptr && *named != '\0') {
    const std::string_view name = *named == ':' ? named + 1 : named;
    if (TimeZone::find(name) != nullptr) { return std::string(name); }
  }
  char target[512];
  const auto length = ::readlink("/etc/localtime", target, sizeof target);
  if (length > 0) {
    const std::string_view path(target, static_cast<std::size_t>(length));
    if (const auto at = path.find("zoneinfo/"); at != std::string_view::npos) {
      const auto name = path.substr(at + 9);
      if (TimeZone::find(name) != nullptr) { return std::string(name); }
    }
  }
  return "UTC";
}

std::string user_name() {
  if (const auto* entry = ::getpwuid(::getuid()); entry != nullptr) { return entry->pw_name; }
  return std::to_string(::getuid());
}

[[noreturn]] void fail_value(const std::string& key, const std::string& value, std::string_view type) {
  throw SqlError("INVALID_CONF_VALUE.TYPE_MISMATCH",
                 {{"confName", key}, {"confValue", value}, {"confType", std::string(type)}});
}

bool parse_flag(const std::string& key, const std::string& value) {
  std::string lower(value);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (lower != "true" && lower != "false") { fail_value(key, value, "boolean"); }
  return lower == "true";
}

std::int64_t parse_number(const std::string& key, const std::string& value) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) { fail_value(key, value, "int"); }
  return number;
}

std::int64_t now_micros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

const std::vector<SessionState::KnownSetting>& SessionState::known_settings() {
  static const std::vector<KnownSetting> known = {
      {kBatchRowsKey, "2048", "Rows of a batch inside the engine; small values are for tests."},
      {kConstantHash, "false", "Gives all keys one hash, to test how collisions are handled."},
      {kSpillAlways, "false", "Writes to scratch at every chance, to test it."},
      {kAnsi, "true", "Overflow, bad casts and bad indexes are errors, as in the SQL standard; else they give NULL."},
      {"spark.sql.cteRecursionLevelLimit", "100", "Rounds that a recursive CTE may take."},
      {"spark.sql.cteRecursionRowLimit", "1000000", "Rows that a recursive CTE may give; -1 for no limit."},
      {"spark.sql.optimizer.excludedRules", "", "Names of optimizer rules to leave out, separated by commas."},
      {"spark.sql.optimizer.maxIterations", "100", "Most rounds of a batch of optimizer rules."},
      {kTimeZone, "", "Time zone of timestamps without one, and of what clocks show."},
  };
  return known;
}

SessionState::SessionState(const LocalResources& resources, std::map<std::string, std::string> settings,
                           std::int64_t seed)
    : num_threads_(static_cast<int>(resources.num_threads)),
      initial_settings_(std::move(settings)),
      settings_(initial_settings_),
      evaluation_{.memory = VectorMemory(resources.pool),
                  .time_zone = &TimeZone::utc(),
                  .user = user_name(),
                  .current_catalog = catalog_.current_catalog(),
                  .current_database = catalog_.current_database(),
                  .query_seed = seed,
                  .input_file = {}} {
  if (!settings_.contains(std::string(kTimeZone))) { initial_settings_[std::string(kTimeZone)] = system_time_zone(); }
  reset_all();
}

SessionState::~SessionState() = default;

std::optional<std::string> SessionState::setting(const std::string& key) const {
  if (const auto found = settings_.find(key); found != settings_.end()) { return found->second; }
  for (const auto& known : known_settings()) {
    if (known.key == key) { return std::string(known.value); }
  }
  return std::nullopt;
}

void SessionState::set(const std::string& key, const std::string& value) {
  const auto old = settings_.find(key) == settings_.end() ? std::nullopt : std::optional(settings_[key]);
  settings_[key] = value;
  try {
    apply(key);
  } catch (...) {
    if (old) {
      settings_[key] = *old;
    } else {
      settings_.erase(key);
    }
    throw;
  }
}

void SessionState::reset(const std::string& key) {
  settings_.erase(key);
  if (const auto found = initial_settings_.find(key); found != initial_settings_.end()) {
    settings_[key] = found->second;
  }
  apply(key);
}

void SessionState::reset_all() {
  settings_ = initial_settings_;
  for (const auto& known : known_settings()) { apply(std::string(known.key)); }
}

void SessionState::apply(const std::string& key) {
  const auto value = setting(key).value_or("");
  if (key == kTimeZone) {
    const auto* zone = TimeZone::find(value);
    if (zone == nullptr) { throw SqlError("INVALID_CONF_VALUE.TIME_ZONE", {{"confName", key}, {"confValue", value}}); }
    evaluation_.time_zone = zone;
  } else if (key == kAnsi) {
    evaluation_.ansi = parse_flag(key, value);
  } else if (key == kConstantHash || key == kSpillAlways) {
    parse_flag(key, value);
  } else if (key == kBatchRowsKey) {
    if (const auto rows = parse_number(key, value); rows < 1 || rows > kBatchRows) {
      throw SqlError("INVALID_CONF_VALUE.REQUIREMENT",
                     {{"confName", key}, {"confValue", value}, {"confRequirement", "It is a number from 1 to 2048."}});
    }
  }
}

PlanPtr SessionState::parse(std::string_view text) const {
  ParserOptions options;
  options.time_zone = evaluation_.time_zone->id();
  options.double_quoted_identifiers = setting("spark.sql.ansi.doubleQuotedIdentifiers").value_or("false") == "true";
  options.timestamps_without_zone = setting("spark.sql.timestampType").value_or("TIMESTAMP_LTZ") == "TIMESTAMP_NTZ";
  return parse_statement(text, options);
}

void SessionState::begin_statement() {
  evaluation_.query_start_micros = now_micros();
  evaluation_.current_catalog = catalog_.current_catalog();
  evaluation_.current_database = catalog_.current_database();
  // Queries differ in what rand() and uuid() draw, runs of a session do not.
  ++evaluation_.query_seed;
  const std::lock_guard lock(running_mutex_);
  cancel_next_ = false;
}

AnalyzerContext SessionState::analyzer_context(const StatementParameters& parameters) {
  AnalyzerContext context;
  context.catalog = &catalog_;
  context.evaluation = &evaluation_;
  context.settings = settings_;
  context.named_parameters = parameters.named;
  context.positional_parameters = parameters.positional;
  return context;
}

PlanPtr SessionState::analyze_plan(const PlanPtr& plan, const StatementParameters& parameters) {
  auto context = analyzer_context(parameters);
  return analyze(plan, context);
}

PlanPtr SessionState::optimize_plan(const PlanPtr& analyzed) {
  auto context = analyzer_context({});
  return optimize(analyzed, context);
}

PlanPtr SessionState::execute(const PlanPtr& statement, const StatementParameters& parameters) {
  begin_statement();
  const PlanPtr analyzed = analyze_plan(statement, parameters);
  if (const auto* command = analyzed->get_if<Command>()) {
    return make_local_relation(run_command(*command, analyzed->origin, *this));
  }
  return analyzed;
}

PlanPtr SessionState::execute(std::string_view text, const StatementParameters& parameters) {
  try {
    return execute(parse(text), parameters);
  } catch (const SqlError& error) { throw error.with_text(text); }
}

std::shared_ptr<std::vector<Batch>> SessionState::collect(const PlanPtr& analyzed) {
  ExecutionOptions options;
  options.num_threads = num_threads_;
  options.batch_rows =
      static_cast<std::int32_t>(parse_number(std::string(kBatchRowsKey), *setting(std::string(kBatchRowsKey))));
  options.constant_hash = parse_flag(std::string(kConstantHash), *setting(std::string(kConstantHash)));
  options.spill_always = parse_flag(std::string(kSpillAlways), *setting(std::string(kSpillAlways)));
  options.max_recursion_rows = std::max<std::int64_t>(
      0, parse_number("spark.sql.cteRecursionRowLimit", *setting("spark.sql.cteRecursionRowLimit")));
  ExecutionContext context(evaluation_, options, [this](const std::string& key) -> std::shared_ptr<Source> {
    const auto table = catalog_.find_source(key);
    return table ? std::make_shared<BatchesSource>(table->scan()) : nullptr;
  });
  const auto set_running = [&](ExecutionContext* running) {
    const std::lock_guard lock(running_mutex_);
    running_ = running;
    if (running != nullptr && cancel_next_) { running->cancel(); }
  };
  set_running(&context);
  try {
    auto batches = collect_batches(optimize_plan(analyzed), context);
    set_running(nullptr);
    return batches;
  } catch (...) {
    set_running(nullptr);
    throw;
  }
}

std::vector<Row> SessionState::collect_rows(const PlanPtr& analyzed) {
  std::vector<Row> rows;
  const auto batches = collect(analyzed);
  for (const Batch& batch : *batches) {
    batch.rows().for_each([&](std::int32_t r) {
      Row& row = rows.emplace_back();
      row.reserve(batch.columns.size());
      for (const Vector& column : batch.columns) { row.push_back(column.value(r)); }
    });
  }
  return rows;
}

void SessionState::cancel() {
  const std::lock_guard lock(running_mutex_);
  cancel_next_ = true;
  if (running_ != nullptr) { running_->cancel(); }
}

PlanPtr make_local_relation(RowSetResult result) {
  Expressions output;
  for (const Field& field : result.schema) {
    output.push_back(make_expression(Attribute{field.name, field.type, field.nullable, next_attribute_id()}));
  }
  return make_plan(LocalRelation{std::move(output), std::move(result.rows)});
}

}  // namespace hammerscale::sql
