#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/mllib/feature_table.hpp"

namespace CLI {
class App;
}

namespace hammerscale::program {

/// Which tables a verb of machine learning reads, and how: `INPUT...`, `--input-format`, `--option KEY=VALUE`.
struct TableInputOptions {
  std::vector<std::string> inputs;
  std::string format;
  std::vector<std::string> options;

  void add_to(CLI::App& command);
  /// @throws UserError kInvalidArgument  an unknown format or option, or a value that an option cannot have.
  void check() const;

  /// A request for these inputs, its columns left open.
  [[nodiscard]] mllib::FeatureTableRequest request(const std::optional<std::uint32_t>& num_partitions) const;
  /// Whether `--option header=` asks for a header; by default it does.
  [[nodiscard]] bool header() const { return delimited().header; }
  /// The codec that `--option compression=` names, as OutputOptions has it; empty for none.
  [[nodiscard]] std::string compression() const;
  /// The separator that `--option sep=` names; 0 for none.
  [[nodiscard]] char separator() const { return delimited().separator; }

 private:
  [[nodiscard]] mllib::DelimitedOptions delimited() const;
};

/// "NAME=VALUE" in two. @param option  for the error. @throws UserError kInvalidArgument  there is no name or no "=".
std::pair<std::string, std::string> split_setting(const std::string& setting, const char* option);

}  // namespace hammerscale::program
