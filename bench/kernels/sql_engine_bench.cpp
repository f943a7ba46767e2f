// The SQL engine's operators on one core and on all: expressions, grouping, joins, sorting. Each result is verified,
// and beside it stands a hand-written loop or, where python3 has it, DuckDB over the same rows in the same run.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench_report.hpp"
#include "hammerscale/shuffle/key_hash.hpp"
#include "sql/exec/expression_program.hpp"
#include "sql/exec/function_calls.hpp"
#include "sql/exec/local_runner.hpp"
#include "sql/types/time_zone.hpp"

namespace hs = hammerscale;
using namespace hs::sql;

namespace {

constexpr std::int64_t kRows = 6'000'000;

EvaluationContext make_settings() {
  EvaluationContext settings{
      VectorMemory(hs::storage::BufferPool(hs::storage::BufferPoolOptions{.budget_bytes = std::uint64_t{6} << 30}))};
  settings.time_zone = &TimeZone::utc();
  return settings;
}

/// A number below `limit` for a row, the same in DuckDB's SQL (mix_sql).
std::int64_t mixed(std::int64_t row, std::int64_t factor, std::int64_t limit) { return row * factor % limit; }

struct BenchTable {
  std::vector<std::string> names;
  std::vector<DataType> types;
  std::shared_ptr<std::vector<Batch>> batches = std::make_shared<std::vector<Batch>>();
  Expressions output;
};

/// A table from fill(column, first row, vector).
template <typename Fill>
BenchTable make_table(std::vector<std::string> names, std::vector<DataType> types, std::int64_t num_rows,
                      const VectorMemory& memory, Fill fill) {
  BenchTable table;
  table.names = std::move(names);
  table.types = std::move(types);
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    table.output.push_back(make_expression(Attribute{table.names[i], table.types[i], false, next_attribute_id()}));
  }
  for (std::int64_t first = 0; first < num_rows; first += kBatchRows) {
    Batch batch;
    batch.num_rows = static_cast<std::int32_t>(std::min<std::int64_t>(kBatchRows, num_rows - first));
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      Vector vector(table.types[i], batch.num_rows, memory);
      vector.set_size(batch.num_rows);
      for (std::int32_t row = 0; row < batch.num_rows; ++row) { fill(i, first + row, row, vector); }
      batch.columns.push_back(std::move(vector));
    }
    table.batches->push_back(std::move(batch));
  }
  return table;
}

class Bench {
 public:
  explicit Bench(int num_threads) : settings_(make_settings()), num_threads_(num_threads) {}

  [[nodiscard]] const VectorMemory& memory() const { return settings_.memory; }
  [[nodiscard]] EvaluationContext& settings() { return settings_; }

  PlanPtr scan(const BenchTable& table, const std::string& key) {
    tables_[key] = table.batches;
    return make_plan(SourceRelation{table.output, key, key});
  }

  /// Runs a plan and gives the seconds of its best of three runs, and the last rows.
  double run(const PlanPtr& plan, std::vector<Row>& rows) {
    const char* runs = std::getenv("HS_BENCH_RUNS");
    return hs::bench::best_seconds(runs != nullptr ? std::atoi(runs) : 3, [&] {
      ExecutionContext context(settings_, {.num_threads = num_threads_},
                               [this](const std::string& key) -> std::shared_ptr<Source> {
                                 return std::make_shared<BatchesSource>(tables_.at(key));
                               });
      rows = run_plan(plan, context);
    });
  }

 private:
  EvaluationContext settings_;
  int num_threads_;
  std::map<std::string, std::shared_ptr<const std::vector<Batch>>> tables_;
};

ExpressionPtr col(const PlanPtr& plan, const std::string& name) {
  for (const auto& attribute : output_of(*plan)) {
    if (attribute->get_if<Attribute>()->name == name) { return attribute; }
  }
  std::abort();
}
ExpressionPtr as(ExpressionPtr expression, std::string name) {
  return make_expression(Alias{std::move(expression), std::move(name), next_attribute_id()});
}
ExpressionPtr aggregate_call(const std::string& name, Expressions arguments, const EvaluationContext& context) {
  AggregateCall call{name, std::move(arguments), {}, true, false, false, nullptr, {}, false};
  call.type = bind_aggregate_call(call, {}, context).type;
  return make_expression(std::move(call));
}

/// Seconds of DuckDB for one statement (best of three) and its first row's first value, by a script; negative without
/// it.
double run_duckdb(const std::string& setup, const std::string& query, int num_threads, double& value) {
  const std::string path = "/tmp/hammerscale_sql_bench_" +
                           std::to_string(static_cast<long>(std::hash<std::string>{}(query)&0xFFFFFF)) + ".py";
  std::FILE* script = std::fopen(path.c_str(), "w");
  if (script == nullptr) { return -1; }
  std::fprintf(
      script,
      "import duckdb, time\nc = duckdb.connect()\nc.execute('SET threads=%d')\nc.execute('''%s''')\nbest = 1e9\n"
      "for i in range(3):\n  t = time.time(); r = c.execute('''%s''').fetchall(); best = min(best, time.time() - t)\n"
      "print(best, float(r[0][0]))\n",
      num_threads, setup.c_str(), query.c_str());
  std::fclose(script);
  const char* python = std::getenv("PYTHON");
  const std::string command = std::string(python != nullptr ? python : "python3") + " " + path + " 2>/dev/null";
  std::FILE* pipe = popen(command.c_str(), "r");
  double seconds = -1;
  if (pipe != nullptr) {
    if (std::fscanf(pipe, "%lf %lf", &seconds, &value) != 2) { seconds = -1; }
    pclose(pipe);
  }
  std::remove(path.c_str());
  return seconds;
}

void report(const std::string& what, double rows, double seconds, double limit_seconds, double duckdb_seconds) {
  std::printf("%-46s %8.2f ns/row", what.c_str(), seconds / rows * 1e9);
  if (limit_seconds > 0) { std::printf("   loop %6.2f (%.2fx)", limit_seconds / rows * 1e9, seconds / limit_seconds); }
  if (duckdb_seconds > 0) {
    std::printf("   DuckDB %6.2f (%.2fx)", duckdb_seconds / rows * 1e9, seconds / duckdb_seconds);
  } else {
    std::printf("   DuckDB absent");
  }
  std::printf("\n");
  std::fflush(stdout);
}

// ---- sum(p * (1 - d) * (1 + t)) where date <= c ---------------------------------------------------------------------

void bench_expression(int num_threads, bool is_decimal) {
  Bench bench(num_threads);
  const DataType number = is_decimal ? DataType::decimal(12, 2) : DataType(TypeId::kDouble);
  const auto price = [](std::int64_t row) { return 90000 + mixed(row, 7919, 9000000); };
  const auto discount = [](std::int64_t row) { return mixed(row, 31, 11); };
  const auto tax = [](std::int64_t row) { return mixed(row, 17, 9); };
  const auto date = [](std::int64_t row) { return mixed(row, 104729, 2500); };
  const BenchTable table =
      make_table({"p", "d", "t", "date"}, {number, number, number, TypeId::kDate}, kRows, bench.memory(),
                 [&](std::size_t column, std::int64_t row, std::int32_t at, Vector& vector) {
                   const std::int64_t value = column == 0 ? price(row) : column == 1 ? discount(row) : tax(row);
                   if (column == 3) {
                     vector.mutable_values<std::int32_t>()[at] = static_cast<std::int32_t>(date(row));
                   } else if (is_decimal) {
                     vector.mutable_values<std::int64_t>()[at] = value;
                   } else {
                     vector.mutable_values<double>()[at] = static_cast<double>(value) / 100;
                   }
                 });
  const PlanPtr scan = bench.scan(table, "t");
  const auto& settings = bench.settings();
  const auto one =
      is_decimal ? make_literal(Value(Int128{1}), DataType::decimal(1, 0)) : make_literal(Value(1.0), TypeId::kDouble);
  const auto less =
      call_function("<=", {col(scan, "date"), make_literal(Value(std::int64_t{2400}), TypeId::kDate)}, settings);
  const auto charged = call_function(
      "*",
      {call_function("*", {col(scan, "p"), call_function("-", {one, col(scan, "d")}, settings)}, settings),
       call_function("+", {one, col(scan, "t")}, settings)},
      settings);
  const PlanPtr filtered = make_plan(Filter{scan, less});
  const PlanPtr plan = make_plan(
      Aggregate{filtered, GroupingKind::kPlain, {}, {}, {as(aggregate_call("sum", {charged}, settings), "s")}});
  std::vector<Row> rows;
  const double seconds = bench.run(plan, rows);

  // The loop that a compiler would make of the whole query.
  double limit = 0;
  if (is_decimal) {
    std::vector<std::int64_t> p, d, t;
    std::vector<std::int32_t> when;
    for (std::int64_t row = 0; row < kRows; ++row) {
      p.push_back(price(row));
      d.push_back(discount(row));
      t.push_back(tax(row));
      when.push_back(static_cast<std::int32_t>(date(row)));
    }
    Int128 sum = 0;
    limit = hs::bench::best_seconds(3, [&] {
      sum = 0;
      for (std::size_t i = 0; i < p.size(); ++i) {
        if (when[i] <= 2400) { sum += static_cast<Int128>(p[i] * (100 - d[i])) * (100 + t[i]); }
      }
    });
    hs::bench::verify(rows[0][0].as_int128() == sum, "sum of decimals");
  } else {
    std::vector<double> p, d, t;
    std::vector<std::int32_t> when;
    for (std::int64_t row = 0; row < kRows; ++row) {
      p.push_back(static_cast<double>(price(row)) / 100);
      d.push_back(static_cast<double>(discount(row)) / 100);
      t.push_back(static_cast<double>(tax(row)) / 100);
      when.push_back(static_cast<std::int32_t>(date(row)));
    }
    double sum = 0;
    limit = hs::bench::best_seconds(3, [&] {
      sum = 0;
      for (std::size_t i = 0; i < p.size(); ++i) {
        if (when[i] <= 2400) { sum += p[i] * (1 - d[i]) * (1 + t[i]); }
      }
    });
    hs::bench::verify(std::abs(rows[0][0].as_double() - sum) <= 1e-9 * std::abs(sum), "sum of doubles");
  }
  const std::string type = is_decimal ? "DECIMAL(12,2)" : "DOUBLE";
  double value = 0;
  const double duckdb = run_duckdb("CREATE TABLE t AS SELECT ((90000 + i * 7919 % 9000000) / 100.0)::" + type +
                                       " p, ((i * 31 % 11) / 100.0)::" + type + " d, ((i * 17 % 9) / 100.0)::" + type +
                                       " t, (i * 104729 % 2500)::INT dt FROM range(" + std::to_string(kRows) + ") r(i)",
                                   "SELECT sum(p * (1 - d) * (1 + t)) FROM t WHERE dt <= 2400", num_threads, value);
  report(std::string("sum(p*(1-d)*(1+t)) ") + (is_decimal ? "decimal" : "double") + ", threads " +
             std::to_string(num_threads),
         kRows, seconds, num_threads == 1 ? limit : 0, duckdb);
}

// ---- GROUP BY -------------------------------------------------------------------------------------------------------

void bench_group(int num_threads, std::int64_t num_groups, bool is_string) {
  Bench bench(num_threads);
  const auto key = [&](std::int64_t row) {
    return static_cast<std::int64_t>(hs::shuffle::mix_bits(static_cast<std::uint64_t>(row)) %
                                     static_cast<std::uint64_t>(num_groups));
  };
  const BenchTable table =
      make_table({"k", "v"}, {is_string ? DataType::string() : DataType(TypeId::kBigint), TypeId::kBigint}, kRows,
                 bench.memory(), [&](std::size_t column, std::int64_t row, std::int32_t at, Vector& vector) {
                   if (column == 1) {
                     vector.mutable_values<std::int64_t>()[at] = row;
                   } else if (is_string) {
                     vector.mutable_values<StringView>()[at] =
                         vector.string_heap().add("customer number " + std::to_string(key(row)));
                   } else {
                     vector.mutable_values<std::int64_t>()[at] = key(row);
                   }
                 });
  const PlanPtr scan = bench.scan(table, "t");
  const auto& settings = bench.settings();
  const PlanPtr grouped =
      make_plan(Aggregate{scan,
                          GroupingKind::kPlain,
                          {col(scan, "k")},
                          {},
                          {col(scan, "k"), as(aggregate_call("sum", {col(scan, "v")}, settings), "s"),
                           as(aggregate_call("count", {make_int_literal(1)}, settings), "c")}});
  // All groups are made; only their totals come back.
  const PlanPtr plan = make_plan(Aggregate{grouped,
                                           GroupingKind::kPlain,
                                           {},
                                           {},
                                           {as(aggregate_call("count", {make_int_literal(1)}, settings), "n"),
                                            as(aggregate_call("sum", {col(grouped, "s")}, settings), "s"),
                                            as(aggregate_call("sum", {col(grouped, "c")}, settings), "c")}});
  std::vector<Row> rows;
  const double seconds = bench.run(plan, rows);
  std::vector<bool> seen(static_cast<std::size_t>(num_groups));
  std::int64_t count = 0;
  for (std::int64_t row = 0; row < kRows; ++row) {
    const auto k = static_cast<std::size_t>(key(row));
    if (!seen[k]) { ++count; }
    seen[k] = true;
  }
  hs::bench::verify(rows[0][0].as_int64() == count && rows[0][1].as_int64() == kRows * (kRows - 1) / 2 &&
                        rows[0][2].as_int64() == kRows,
                    "groups");
  double value = 0;
  const std::string text = is_string ? "'customer number ' || (hash(i) % " + std::to_string(num_groups) + ")"
                                     : "(hash(i) % " + std::to_string(num_groups) + ")::BIGINT";
  const double duckdb = run_duckdb(
      "CREATE TABLE t AS SELECT " + text + " k, i v FROM range(" + std::to_string(kRows) + ") r(i)",
      "SELECT count(*), sum(s), sum(c) FROM (SELECT k, sum(v) s, count(*) c FROM t GROUP BY k)", num_threads, value);
  report("group by " + std::to_string(num_groups) + (is_string ? " strings" : " bigints") + ", threads " +
             std::to_string(num_threads),
         kRows, seconds, 0, duckdb);
}

// ---- Join and sort --------------------------------------------------------------------------------------------------

void bench_join(int num_threads) {
  constexpr std::int64_t kBuildRows = 1'500'000;
  Bench bench(num_threads);
  const auto key = [](std::int64_t row) {
    return static_cast<std::int64_t>(hs::shuffle::mix_bits(static_cast<std::uint64_t>(row)) % kBuildRows);
  };
  const BenchTable probe = make_table({"a", "v"}, {TypeId::kBigint, TypeId::kBigint}, kRows, bench.memory(),
                                      [&](std::size_t column, std::int64_t row, std::int32_t at, Vector& vector) {
                                        vector.mutable_values<std::int64_t>()[at] = column == 0 ? key(row) : row;
                                      });
  const BenchTable build = make_table({"b", "w"}, {TypeId::kBigint, TypeId::kBigint}, kBuildRows, bench.memory(),
                                      [&](std::size_t column, std::int64_t row, std::int32_t at, Vector& vector) {
                                        vector.mutable_values<std::int64_t>()[at] =
                                            column == 0 ? mixed(row, 7919, kBuildRows) : row;
                                      });
  const PlanPtr l = bench.scan(probe, "l");
  const PlanPtr r = bench.scan(build, "r");
  const auto& settings = bench.settings();
  Join join;
  join.left = l;
  join.right = r;
  join.condition = call_function("=", {col(l, "a"), col(r, "b")}, settings);
  const PlanPtr joined = make_plan(std::move(join));
  const PlanPtr plan = make_plan(Aggregate{joined,
                                           GroupingKind::kPlain,
                                           {},
                                           {},
                                           {as(aggregate_call("sum", {col(joined, "w")}, settings), "w"),
                                            as(aggregate_call("count", {make_int_literal(1)}, settings), "c")}});
  std::vector<Row> rows;
  const double seconds = bench.run(plan, rows);
  std::vector<std::int64_t> w_of(kBuildRows);
  for (std::int64_t row = 0; row < kBuildRows; ++row) {
    w_of[static_cast<std::size_t>(mixed(row, 7919, kBuildRows))] = row;
  }
  std::int64_t sum = 0;
  for (std::int64_t row = 0; row < kRows; ++row) { sum += w_of[static_cast<std::size_t>(key(row))]; }
  hs::bench::verify(rows[0][0].as_int64() == sum && rows[0][1].as_int64() == kRows, "join");
  double value = 0;
  const double duckdb =
      run_duckdb("CREATE TABLE l AS SELECT (hash(i) % 1500000)::BIGINT a, i v FROM range(" + std::to_string(kRows) +
                     ") r(i); CREATE TABLE r AS SELECT i * 7919 % 1500000 b, i w FROM range(1500000) r(i)",
                 "SELECT sum(w), count(*) FROM l JOIN r ON a = b", num_threads, value);
  report("join 6 M x 1.5 M bigint, threads " + std::to_string(num_threads), kRows, seconds, 0, duckdb);
}

void bench_sort(int num_threads) {
  Bench bench(num_threads);
  const auto first = [](std::int64_t row) {
    return static_cast<std::int64_t>(hs::shuffle::mix_bits(static_cast<std::uint64_t>(row)) % 100000);
  };
  const auto second = [](std::int64_t row) {
    return static_cast<std::int64_t>(hs::shuffle::mix_bits(static_cast<std::uint64_t>(row) + 77) >> 2);
  };
  const BenchTable table = make_table(
      {"a", "b", "v"}, {TypeId::kBigint, TypeId::kBigint, TypeId::kBigint}, kRows, bench.memory(),
      [&](std::size_t column, std::int64_t row, std::int32_t at, Vector& vector) {
        vector.mutable_values<std::int64_t>()[at] = column == 0 ? first(row) : column == 1 ? second(row) : row;
      });
  const PlanPtr scan = bench.scan(table, "t");
  const auto& settings = bench.settings();
  const PlanPtr sorted = make_plan(Sort{scan,
                                        {make_expression(SortOrder{col(scan, "a"), true, true}),
                                         make_expression(SortOrder{col(scan, "b"), false, false})},
                                        true});
  // Everything is sorted and gathered; the row in the middle and a count come back.
  const PlanPtr plan =
      make_plan(Limit{make_plan(Offset{sorted, make_bigint_literal(kRows / 2)}), make_bigint_literal(1)});
  std::vector<Row> rows;
  const double seconds = bench.run(plan, rows);
  std::vector<std::pair<std::int64_t, std::int64_t>> expected;
  for (std::int64_t row = 0; row < kRows; ++row) { expected.emplace_back(first(row), -second(row)); }
  std::nth_element(expected.begin(), expected.begin() + kRows / 2, expected.end());
  hs::bench::verify(rows.size() == 1 && rows[0][0].as_int64() == expected[kRows / 2].first &&
                        rows[0][1].as_int64() == -expected[kRows / 2].second,
                    "sort");
  double value = 0;
  const double duckdb = run_duckdb(
      "CREATE TABLE t AS SELECT (hash(i) % 100000)::BIGINT a, (hash(i + 77) >> 2)::BIGINT b, i v FROM range(" +
          std::to_string(kRows) + ") r(i)",
      "SELECT * FROM t ORDER BY a, b DESC OFFSET 3000000 LIMIT 1", num_threads, value);
  report("sort 6 M by two bigints, threads " + std::to_string(num_threads), kRows, seconds, 0, duckdb);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string only = argc > 1 ? argv[1] : "";
  const int cores = argc > 2 ? std::atoi(argv[2]) : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<int> threads{1};
  if (cores > 1) { threads.push_back(cores); }
  for (const int n : threads) {
    if (only.empty() || only == "expression") {
      bench_expression(n, false);
      bench_expression(n, true);
    }
    if (only.empty() || only == "group") {
      for (const std::int64_t groups : {6, 1000, 100000, 1000000, 5000000}) { bench_group(n, groups, false); }
      for (const std::int64_t groups : {6, 1000, 100000, 1000000}) { bench_group(n, groups, true); }
    }
    if (only.empty() || only == "join") { bench_join(n); }
    if (only.empty() || only == "sort") { bench_sort(n); }
  }
}
