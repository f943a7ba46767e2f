#include "global_options.hpp"

#include <CLI/CLI.hpp>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/base/log.hpp"
#include "whole_number.hpp"

namespace hammerscale::program {

void GlobalOptions::add_to(CLI::App& program) {
  const std::string group =
      "Global options, before or after the verb, or from HAMMERSCALE_THREADS ... HAMMERSCALE_PROGRESS";
  const auto add = [&](const char* name, auto& value, const char* text, const char* type) {
    return program.add_option(name, value, text)->group(group)->type_name(type);
  };
  add("--threads", threads_, "Task threads of a rank", "N")->check(whole_number_from(1));
  add("--memory", memory_, "Memory budget of a rank: 512m, 4g", "SIZE");
  add("--scratch", scratch_, "Folder for what does not fit in memory", "DIR");
  add("--partitions", partitions_, "Partitions of datasets", "N")->check(whole_number_from(1));
  // One value each time, so that a verb's positionals may follow.
  add("--conf", settings_, "A setting, by Spark's key where it has one; repeatable", "KEY=VALUE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  add("--seed", seed_, "Seed of all random choices", "N")->check(whole_number_from(0));
  add("--event-log", event_log_, "Folder for the event log", "DIR");
  add("--log-level", log_level_, "trace, debug, info, warn, error or off", "LEVEL");
  add("--progress", progress_, "on, off or auto: on a terminal only", "MODE");
}

RunOptions GlobalOptions::run_options() const {
  RunOptions options = RunOptions::from_environment();
  if (threads_) { options.num_threads = threads_; }
  if (memory_) { options.memory_bytes = parse_byte_size(*memory_); }
  if (scratch_) { options.scratch = scratch_; }
  if (partitions_) { options.num_partitions = partitions_; }
  if (seed_) { options.seed = *seed_; }
  if (event_log_) { options.event_log = event_log_; }
  if (log_level_) {
    options.log_level = parse_log_level(*log_level_);
    if (!options.log_level) {
      throw UserError(ErrorCode::kInvalidArgument, "--log-level is trace, debug, info, warn, error or off",
                      {{"log-level", *log_level_}});
    }
  }
  if (progress_) {
    if (*progress_ != "on" && *progress_ != "off" && *progress_ != "auto") {
      throw UserError(ErrorCode::kInvalidArgument, "--progress is on, off or auto", {{"progress", *progress_}});
    }
    options.progress = *progress_ == "on"    ? ProgressMode::kOn
                       : *progress_ == "off" ? ProgressMode::kOff
                                             : ProgressMode::kAuto;
  }
  for (const auto& setting : settings_) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UserError(ErrorCode::kInvalidArgument, "--conf is KEY=VALUE", {{"conf", setting}});
    }
    options.configuration[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return options;
}

}  // namespace hammerscale::program
