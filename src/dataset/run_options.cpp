#include <charconv>
#include <cstdlib>
#include <string_view>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/run.hpp"

namespace hammerscale {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') { return std::nullopt; }
  return value;
}

template <typename Number>
std::optional<Number> number_variable(const char* name, Number least) {
  const auto text = variable(name);
  if (!text) { return std::nullopt; }
  Number value{};
  const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (status != std::errc{} || end != text->data() + text->size() || value < least) {
    throw UserError(ErrorCode::kInvalidArgument, "an environment variable holds no valid number",
                    {{"variable", name}, {"value", *text}, {"least", std::to_string(least)}});
  }
  return value;
}

}  // namespace

RunOptions RunOptions::from_environment() {
  RunOptions options;
  options.num_threads = number_variable<std::uint32_t>("HAMMERSCALE_THREADS", 1);
  options.num_partitions = number_variable<std::uint32_t>("HAMMERSCALE_PARTITIONS", 1);
  options.seed = number_variable<std::uint64_t>("HAMMERSCALE_SEED", 0).value_or(0);
  options.scratch = variable("HAMMERSCALE_SCRATCH");
  options.event_log = variable("HAMMERSCALE_EVENT_LOG");
  if (const auto text = variable("HAMMERSCALE_MEMORY")) { options.memory_bytes = parse_byte_size(*text); }
  if (const auto text = variable("HAMMERSCALE_LOG_LEVEL")) {
    options.log_level = parse_log_level(*text);
    if (!options.log_level) {
      throw UserError(ErrorCode::kInvalidArgument, "unknown log level",
                      {{"variable", "HAMMERSCALE_LOG_LEVEL"}, {"value", *text}});
    }
  }
  if (const auto text = variable("HAMMERSCALE_PROGRESS")) {
    if (*text != "auto" && *text != "on" && *text != "off") {
      throw UserError(ErrorCode::kInvalidArgument, "progress is on, off or auto",
                      {{"variable", "HAMMERSCALE_PROGRESS"}, {"value", *text}});
    }
    options.progress = *text == "on" ? ProgressMode::kOn : *text == "off" ? ProgressMode::kOff : ProgressMode::kAuto;
  }
  if (const auto text = variable("HAMMERSCALE_CONF")) {
    for (std::string_view rest = *text; !rest.empty();) {
      const auto comma = rest.find(',');
      const auto setting = rest.substr(0, comma);
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      const auto equals = setting.find('=');
      if (equals == std::string_view::npos || equals == 0) {
        throw UserError(ErrorCode::kInvalidArgument, "a setting is KEY=VALUE",
                        {{"variable", "HAMMERSCALE_CONF"}, {"value", std::string(setting)}});
      }
      options.configuration[std::string(setting.substr(0, equals))] = setting.substr(equals + 1);
    }
  }
  return options;
}

}  // namespace hammerscale
