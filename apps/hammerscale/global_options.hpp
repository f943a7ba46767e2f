#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hammerscale/dataset/run.hpp"

namespace CLI {
class App;
}

namespace hammerscale::program {

/// The options that every verb takes, before or after it.
class GlobalOptions {
 public:
  void add_to(CLI::App& program);

  /// What the environment says, overridden by what the command line says.
  /// @throws UserError kInvalidArgument  naming the option or variable and its value.
  [[nodiscard]] RunOptions run_options() const;

 private:
  std::optional<std::uint32_t> threads_;
  std::optional<std::string> memory_;
  std::optional<std::string> scratch_;
  std::optional<std::uint32_t> partitions_;
  std::vector<std::string> settings_;
  std::optional<std::uint64_t> seed_;
  std::optional<std::string> event_log_;
  std::optional<std::string> log_level_;
  std::optional<std::string> progress_;
};

}  // namespace hammerscale::program
