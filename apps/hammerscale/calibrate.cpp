#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hammerscale/hammerscale.hpp"
#include "line_output.hpp"
#include "machine_limits.hpp"
#include "output_options.hpp"
#include "table_printer.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

/// $XDG_CACHE_HOME/hammerscale/calibration.json, or below ~/.cache.
std::string default_path() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const char* const home = std::getenv("HOME");
  const std::string folder = cache != nullptr && *cache != '\0' ? cache
                             : home != nullptr && *home != '\0' ? std::string(home) + "/.cache"
                                                                : ".";
  std::error_code status;
  std::filesystem::create_directories(folder + "/hammerscale", status);
  if (status) { throw_output_error(folder + "/hammerscale", status.value()); }
  return folder + "/hammerscale/calibration.json";
}

nlohmann::ordered_json measured_or_null(double value) {
  return value > 0 ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

std::string as_json(const MachineLimits& limits) {
  auto executors = nlohmann::ordered_json::array();
  for (const auto& executor : limits.executors) {
    auto threads = nlohmann::ordered_json::array();
    for (const auto& rates : executor.threads) {
      threads.push_back({{"num_threads", rates.num_threads},
                         {"copy_bytes_per_second", rates.copy_bytes_per_second},
                         {"read_bytes_per_second", rates.read_bytes_per_second},
                         {"random_reads_per_second", rates.random_reads_per_second},
                         {"flops_per_second", rates.flops_per_second}});
    }
    executors.push_back({{"host", executor.host},
                         {"buffer_bytes", executor.buffer_bytes},
                         {"threads", std::move(threads)},
                         {"disk_write_bytes_per_second", measured_or_null(executor.disk_write_bytes_per_second)},
                         {"disk_read_bytes_per_second", measured_or_null(executor.disk_read_bytes_per_second)}});
  }
  nlohmann::ordered_json network = nullptr;
  if (limits.network) {
    network = {{"all_reduce_seconds", limits.network->all_reduce_seconds},
               {"all_reduce_bytes_per_second", limits.network->all_reduce_bytes_per_second},
               {"all_to_all_bytes_per_second", limits.network->all_to_all_bytes_per_second}};
  }
  const nlohmann::ordered_json all = {
      {"version", HAMMERSCALE_VERSION}, {"executors", std::move(executors)}, {"network", std::move(network)}};
  return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

TableCell in_units(double value, double unit, const char* name) {
  if (value <= 0) { return std::nullopt; }
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.4g %s", value / unit, name);
  return text.data();
}

std::vector<std::vector<TableCell>> as_rows(const MachineLimits& limits) {
  std::vector<std::vector<TableCell>> rows;
  for (std::size_t e = 0; e < limits.executors.size(); ++e) {
    const auto& executor = limits.executors[e];
    const auto where = "executor " + std::to_string(e) + " on " + executor.host;
    for (const auto& rates : executor.threads) {
      const auto by =
          where + ", " + std::to_string(rates.num_threads) + (rates.num_threads == 1 ? " thread" : " threads");
      rows.push_back({by, "memory copy", in_units(rates.copy_bytes_per_second, 1e9, "GB/s")});
      rows.push_back({by, "memory read", in_units(rates.read_bytes_per_second, 1e9, "GB/s")});
      rows.push_back({by, "random reads", in_units(rates.random_reads_per_second, 1e6, "M/s")});
      rows.push_back({by, "arithmetic", in_units(rates.flops_per_second, 1e9, "Gflop/s")});
    }
    rows.push_back({where, "scratch write", in_units(executor.disk_write_bytes_per_second, 1e6, "MB/s")});
    rows.push_back({where, "scratch read", in_units(executor.disk_read_bytes_per_second, 1e6, "MB/s")});
  }
  if (limits.network) {
    const std::string where = "between executors";
    rows.push_back({where, "all-reduce of a number", in_units(limits.network->all_reduce_seconds, 1e-6, "us")});
    rows.push_back({where, "all-reduce of 8 MiB", in_units(limits.network->all_reduce_bytes_per_second, 1e6, "MB/s")});
    rows.push_back({where, "all-to-all", in_units(limits.network->all_to_all_bytes_per_second, 1e6, "MB/s")});
  }
  return rows;
}

class CalibrateVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"calibrate", "Measure the limits of this machine and network, in about 10 seconds, and keep them",
            "srun hammerscale calibrate --output limits.json"};
  }

  void add_options(CLI::App& command) override {
    command
        .add_option("--output", path_,
                    "File for the figures, replaced if it exists; by default hammerscale/calibration.json in "
                    "$XDG_CACHE_HOME or ~/.cache")
        ->type_name("FILE");
    table_.add_to(command);
  }
  void check() const override { table_.check(); }

  int run(Session& session, const RunOptions& /*options*/) override {
    OutputOptions output;
    output.path = path_.empty() ? default_path() : path_;
    output.overwrite = true;
    output.always_one_file = true;
    const auto limits = measure_machine_limits(session);
    write_text(as_json(limits), output);
    if (table_.table_format() == TableFormat::kJson) {
      print_text(as_json(limits));
      return 0;
    }
    // All of it: the rows of a table are few here.
    auto table = table_;
    if (table.rows == "20") { table.rows = "all"; }
    print_text(format_table({{"where"}, {"what"}, {"limit"}}, as_rows(limits), table));
    return 0;
  }

 private:
  std::string path_;
  TableOptions table_;
};

}  // namespace

std::unique_ptr<Verb> make_calibrate_verb() { return std::make_unique<CalibrateVerb>(); }

}  // namespace hammerscale::program
